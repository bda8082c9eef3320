import * as vg from '@uwdata/vgplot';
import { connector } from './asking.js';
import { byId } from './dom.js';
import { overview } from './overview.js';
import { question } from './question.js';
import { timeline } from './timeline.js';

vg.coordinator().databaseConnector(connector as never);
vg.coordinator().logger({ ...console, debug() {}, info() {}, log() {} } as never);
addEventListener('unhandledrejection', ({ reason }) => {
  byId('trouble').textContent = String((reason as Error)?.message ?? reason);
});
question();
await overview();
await timeline();
