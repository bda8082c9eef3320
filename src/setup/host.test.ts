import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeHost } from '../testing/fake-host.js';
import { isDebian, which } from './host.js';

test('Debian, Ubuntu and what says that it is like them have apt', () => {
  assert.ok(isDebian('NAME="Debian GNU/Linux"\nID=debian\n'));
  assert.ok(isDebian('ID=ubuntu\nID_LIKE=debian\n'));
  assert.ok(isDebian('ID=linuxmint\nID_LIKE="ubuntu debian"\n'));
  assert.ok(!isDebian('ID=fedora\nNAME="not debian"\nVARIANT_ID=debian\n'));
  assert.ok(!isDebian(''));
});

test('a command is found on the PATH, a folder of its name is not', (t) => {
  const host = fakeHost(t, { docker: '' });
  assert.equal(which(host, 'docker'), `${host.path}/docker`);
  assert.equal(which({ ...host, path: `:/nowhere:${host.path}` }, 'docker'), `${host.path}/docker`);
  assert.equal(which({ ...host, path: host.folder }, 'bin'), undefined);
  assert.equal(which(host, 'dockerd'), undefined);
});
