/** What the edges are made from: appends that were seen, reads, and appends that were not seen; and operations' times. */
export const TABLES_SQL = `
  create table written (list integer, position integer, node integer);
  create table met (list integer, position integer, node integer);
  create table unseen (list integer, position integer, node integer);
  create table times (node integer, begins double, ends double)`;

/** Empties them. */
export const EMPTY_SQL = 'truncate written; truncate met; truncate unseen; truncate times';

/**
 * The edges: two nodes, a place in EDGE_KINDS, a list, and whether it is about an append that nobody saw. Two sorts of
 * nodes in between keep them few. Who read all that was ever seen of a list comes before the list's tail, and the tail
 * before each append that nobody saw; only who made such an append, too, and is alone in that, is led past the tail,
 * which would lead back to it. An operation comes before the instant at which it ended, that before the next such
 * instant, and that before what began after it.
 * Its parameters are the nodes of the first list's tail and of the first instant.
 */
export const EDGES_SQL = `
  with following as (
    select list, node, lead(node) over (partition by list order by position) as next from written
  ),
  last_seen as (select list, arg_max(node, position) as node from written group by list),
  before_read as (
    select r.list, w.node as source, r.node as target
    from met r asof join written w on r.list = w.list and r.position > w.position
  ),
  after_read as (
    select r.list, r.node as source, w.node as target
    from met r asof left join written w on r.list = w.list and r.position <= w.position
  ),
  lone as (
    select r.list, any_value(r.source) as source
    from after_read r join unseen u on r.list = u.list and r.source = u.node
    where r.target is null group by r.list having count(distinct r.source) = 1
  ),
  instants as (
    select ends, ($2::integer + row_number() over (order by ends) - 1)::integer as node
    from (select distinct ends from times where ends < 'infinity'::double)
  ),
  edges(source, target, kind, list, unseen) as (
    select node, next, 0, list, 0 from following where next is not null
    union all select l.node, u.node, 0, list, 1 from last_seen l join unseen u using (list)
    union all select source, target, 1, list, 0 from before_read
    union all select source, target, 2, list, 0 from after_read where target is not null
    union all select source, ($1::integer + list)::integer, 2, list, 1 from after_read
      where target is null and list in (select list from unseen) and (list, source) not in (select list, source from lone)
    union all select l.source, u.node, 2, list, 1 from lone l join unseen u using (list)
    union all select ($1::integer + list)::integer, node, 4, list, 1 from unseen
    union all select t.node, i.node, 3, -1, 0 from times t join instants i using (ends)
    union all select node, (node + 1)::integer, 4, -1, 0 from instants
      where node < (select max(node) from instants)
    union all select i.node, t.node, 4, -1, 0 from times t asof join instants i on t.begins > i.ends
  )
  select source, target, kind::integer, list, unseen::integer from edges where source <> target`;
