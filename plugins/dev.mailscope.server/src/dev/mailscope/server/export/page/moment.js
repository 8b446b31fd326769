
'use strict';

/*
 * Describes an event, and what there was after it. Everything from the recording becomes text, never markup: elements
 * are made by element() alone.
 */
const opened = new Map();   // what the reader has opened or closed, by the folder's id
const whole = new Set();    // the folders whose messages are all shown
const MOST = 200;           // the messages of a folder that are shown at once

const byId = id => document.getElementById(id);

/** An element with these properties and children; a text is a child as text. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('aria-') || key === 'role' || key === 'scope') {
      made.setAttribute(key, value);
    } else {
      made[key] = value;
    }
  }
  made.append(...children);
  return made;
}

const headings = names => element('thead', {}, element('tr', {},
  ...names.map(name => element('th', {scope: 'col'}, name))));
const count = (number, thing) => `${number} ${thing}${number === 1 ? '' : 's'}`;
const sessionName = event => event.session ? `${event.protocol} ${event.session}` : 'server';
const changesState = event => ['state', 'phase', 'connected', 'closed', 'opened', 'left', 'marked', 'told']
  .includes(event.kind);

function describeEvent(event) {
  if (event.kind === 'missing') {
    return [];
  }
  const facts = element('dl');
  const add = (name, ...value) => facts.append(element('dt', {}, name), element('dd', {}, ...value));
  add('Kind', event.kind);
  add('When', event.time);
  add('Session', sessionName(event));
  if (event.command) {
    add('Command', event.command);
  }
  if (event.folder) {
    add('Folder', event.folder);
  }
  if (event.cause) {
    const button = element('button', {type: 'button'}, `event ${event.cause}`);
    button.addEventListener('click', () => chooseNumber(event.cause));
    add('Caused by', button);
  }
  const parts = [facts];
  if (event.lines) {
    parts.push(element('ul', {}, ...event.lines.map(line => element('li', {}, line))));
  }
  if (event.text) {
    parts.push(element('pre', {tabIndex: 0, role: 'region', 'aria-label': 'All of it'}, event.text));
  }
  return parts;
}

function describeSessions(now, before) {
  const body = element('tbody');
  for (const session of sorted(now.sessions)) {
    const was = before.sessions.get(session.number);
    const marks = !was ? ['connected'] : [
      was.phase !== session.phase && `phase was ${was.phase}`,
      was.folderId !== session.folderId && (session.folderId ? 'opened the folder' : `left ${was.folder}`),
      was.folderId === session.folderId && !sameMap(was.told, session.told) && 'was told',
      !sameSet(was.marked, session.marked) && 'marks',
    ].filter(Boolean);
    const waiting = waitingFor(session, now);
    const cells = [`${session.protocol} ${session.number}`, session.phase, session.account,
      session.folder + (session.readOnly ? ' (read-only)' : ''), session.folderId ? String(session.told.size) : '',
      waiting, [...session.marked].sort((a, b) => a - b).join(' ')];
    const [name, ...rest] = cells.map(text => element('td', {}, text));
    body.append(element('tr', marks.length ? {className: 'changed'} : {}, name,
      element('td', {className: 'mark'}, marks.join(', ')), ...rest));
  }
  for (const session of sorted(before.sessions).filter(session => !now.sessions.has(session.number))) {
    body.append(element('tr', {className: 'gone'}, element('td', {}, `${session.protocol} ${session.number}`),
      element('td', {className: 'mark away'}, 'ended'), element('td', {colSpan: 6}, session.phase)));
  }
  if (!body.childElementCount) {
    return element('p', {}, 'No session is open.');
  }
  return element('div', {className: 'wide'}, element('table', {className: 'listing'},
    headings(['Session', 'Changed', 'Phase', 'Account', 'Folder', 'Knows of', 'Not told yet', 'Marked (UIDs)']), body));
}

/** How the folder differs from what the session's client knows of it, in words. */
function waitingFor(session, now) {
  const held = folderOf(session, now)?.messages;
  if (!held) {
    return '';
  }
  let gone = 0;
  let flags = 0;
  for (const [uid, message] of session.told) {
    const is = held.get(uid);
    gone += is ? 0 : 1;
    flags += is && is.flags.join(' ') !== message.flags.join(' ') ? 1 : 0;
  }
  const come = held.size - (session.told.size - gone);
  return [come && `${come} new`, gone && `${gone} gone`, flags && `${flags} with other flags`].filter(Boolean)
    .join(', ');
}

const folderOf = (session, state) => state.accounts.get(session.account)?.folders.get(session.folderId);
const sameMap = (one, other) => one.size === other.size && [...one].every(([key, value]) => other.get(key) === value
  || sameMessage(value, other.get(key)));
const sameSet = (one, other) => one.size === other.size && [...one].every(value => other.has(value));

function describeAccount(account, now, before) {
  const was = before.accounts.get(account.name);
  const parts = [element('h3', {}, `Account ${account.name}`,
    ...was ? [] : [element('span', {className: 'mark'}, ' added')])];
  const limits = Object.entries(account.quota.limits).map(([name, limit]) => `${name} at most ${limit}`);
  if (limits.length || was && JSON.stringify(was.quota) !== JSON.stringify(account.quota)) {
    parts.push(element('p', {}, `Quota: ${limits.join(', ') || 'none'}`, ...!was
      || JSON.stringify(was.quota) !== JSON.stringify(account.quota)
      ? [element('span', {className: 'mark'}, ' changed')] : []));
  }
  for (const folder of [...account.folders.values()].sort((a, b) => a.name < b.name ? -1 : 1)) {
    parts.push(describeFolder(account, folder, was?.folders.get(folder.id), now, before));
  }
  for (const folder of was?.folders.values() ?? []) {
    if (!account.folders.has(folder.id)) {
      parts.push(element('p', {className: 'mark away'}, `Folder ${folder.name} was deleted with `
        + count(folder.messages.size, 'message') + '.'));
    }
  }
  const subscribed = [...account.subscriptions].sort();
  if (subscribed.length || was?.subscriptions.size) {
    parts.push(element('p', {}, `Subscribed: ${subscribed.join(', ') || 'nothing'}`,
      ...was && !sameSet(was.subscriptions, account.subscriptions)
        ? [element('span', {className: 'mark'}, ' changed')] : []));
  }
  return parts;
}

function describeFolder(account, folder, was, now, before) {
  const inside = sorted(now.sessions).filter(session => folderOf(session, now) === folder);
  const numbersIn = new Map(inside.map(session => [session,
    new Map([...session.told.keys()].sort((a, b) => a - b).map((uid, at) => [uid, at + 1]))]));
  const known = new Set(inside.flatMap(session => [...session.told.keys()]));
  const uids = [...new Set([...folder.messages.keys(), ...was?.messages.keys() ?? [], ...known])]
    .sort((a, b) => a - b);
  const mark = uid => markOf(folder.messages.get(uid), was?.messages.get(uid));
  const marks = new Map(was || before.accounts.has(account.name) ? uids.map(uid => [uid, mark(uid)])
    .filter(([, text]) => text) : []);
  const unseen = [...folder.messages.values()].filter(message => !message.flags.includes('\\Seen')).length;
  const news = [!was && 'created', was && was.name !== folder.name && `was called ${was.name}`,
    was && was.selectable !== folder.selectable && (folder.selectable ? 'selectable' : 'not selectable'),
    was && was.uses.join(' ') !== folder.uses.join(' ') && 'other use',
    marks.size && `${count(marks.size, 'message')} changed`].filter(Boolean).join(', ');
  const details = element('details', {className: 'folder',
    open: opened.get(folder.id) ?? (marks.size > 0 || inside.length > 0 || folder.name === 'INBOX')},
    element('summary', {}, `${folder.name}: ${count(folder.messages.size, 'message')}, ${unseen} unseen, `
      + `UIDNEXT ${folder.uidNext}, UIDVALIDITY ${folder.uidValidity}, HIGHESTMODSEQ ${folder.modSeq}`
      + (folder.uses.length ? `, ${folder.uses.join(' ')}` : '') + (folder.selectable ? '' : ', not selectable') + ' ',
      ...news ? [element('span', {className: 'mark'}, news)] : []));
  if (!uids.length) {
    details.append(element('p', {}, 'No messages.'));
    return withMemory(details, folder);
  }
  const show = whole.has(folder.id) ? uids : uids.filter((uid, at) => at < MOST || marks.has(uid));
  const body = element('tbody', {}, ...show.map(uid => describeMessage(uid, folder, was, inside, numbersIn,
    marks.get(uid))));
  details.append(element('div', {className: 'wide'}, element('table', {className: 'listing'},
    headings(['UID', 'Changed', ...inside.map(session => `${session.protocol} ${session.number}`), 'Flags', 'Subject',
      'From', 'Received', 'Octets']), body)));
  if (show.length < uids.length) {
    const more = element('button', {type: 'button', className: 'more'}, `Show all ${uids.length} messages`);
    more.addEventListener('click', () => {
      whole.add(folder.id);
      showMoment();
    });
    details.append(more);
  }
  return withMemory(details, folder);
}

function withMemory(details, folder) {
  details.querySelector('summary').addEventListener('click', () => opened.set(folder.id, !details.open));
  return details;
}

function markOf(is, was) {
  return is === was ? '' : !was ? is && 'added' : !is ? 'removed'
    : sameMessage(is, was) ? '' : `flags were ${was.flags.join(' ') || 'none'}`;
}

function describeMessage(uid, folder, was, inside, numbersIn, mark) {
  const held = folder.messages.get(uid);
  const message = held ?? was?.messages.get(uid) ?? inside.map(session => session.told.get(uid)).find(Boolean);
  const mail = recording.mail[message.content] ?? {subject: '', from: ''};
  const numbers = inside.map(session => {
    const told = session.told.get(uid);
    if (!told) {
      return 'not told';
    }
    return numbersIn.get(session).get(uid) + (!held ? ', still there' : held.flags.join(' ') !== told.flags.join(' ')
      ? `, ${told.flags.join(' ') || 'no flags'}` : '') + (session.marked.has(uid) ? ', marked' : '');
  });
  const name = mark ? held ? 'changed' : 'changed gone' : held ? '' : 'gone';
  return element('tr', {className: name}, element('td', {className: 'count'}, String(uid)),
    element('td', {className: held ? 'mark' : 'mark away'}, mark || (held ? '' : 'gone')),
    ...[...numbers, message.flags.join(' '), mail.subject, mail.from, message.internalDate.replace('T', ' ')]
      .map(text => element('td', {}, String(text))),
    element('td', {className: 'count'}, String(message.size)));
}
