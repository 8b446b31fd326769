
'use strict';

/*
 * Shows the recording. Everything from it becomes text (textContent), never markup: elements are made by element()
 * alone. Each event is a row; the chosen one decides the moment that is shown at the right.
 */
const recording = JSON.parse(document.getElementById('recording').textContent);
const events = recording.events;
const timeline = new Timeline(recording);
const rows = [];            // by place in events; undefined for what is only there for its changes of the state
const visible = [];         // the places whose rows are shown, ascending
const opened = new Map();   // what the reader has opened or closed, by the folder's id
const whole = new Set();    // the folders whose messages are all shown
const MOST = 200;           // the messages of a folder that are shown at once
let chosen = -1;

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

// --- the events -----------------------------------------------------------------------------------------------------

function row(event, place) {
  const direction = {'→': ' from-client', '←': ' to-client'}[event.direction] ?? '';
  const made = element('tr', {
    className: ('is-' + event.kind + direction + (changesState(event) ? ' changes' : '')).trim(), tabIndex: -1,
    'aria-selected': 'false',
  });
  made.dataset.place = place;
  if (event.kind === 'missing') {
    made.append(element('td', {className: 'number'}, String(event.first)),
      element('td', {colSpan: 4}, `The events ${event.first} to ${event.last} are not in the recording.`));
    return made;
  }
  const line = element('td', {}, event.line);
  line.title = event.line;
  made.append(element('td', {className: 'number'}, String(event.number)),
    element('td', {className: 'time'}, event.time.slice(11, 23)),
    element('td', {className: 'session'}, sessionName(event)), element('td', {className: 'phase'}, event.phase ?? ''),
    line);
  return made;
}

/** Makes the rows a thousand at a time, so that the page answers meanwhile. */
function makeRows(from) {
  const body = element('tbody');
  const to = Math.min(from + 1000, events.length);
  for (let place = from; place < to; place++) {
    if (!events[place].aside) {
      rows[place] = row(events[place], place);
      rows[place].hidden = !matchesFilter(events[place]);
      body.append(rows[place]);
    }
  }
  byId('events').append(body);
  if (to < events.length) {
    setTimeout(makeRows, 0, to);
  }
}

function matchesFilter(event) {
  const session = byId('session').value;
  const kind = byId('kind').value;
  return !event.aside && (!session || String(event.session) === session) && (!kind || event.kind === kind);
}

function filter() {
  visible.length = 0;
  events.forEach((event, place) => {
    const shown = matchesFilter(event);
    if (rows[place]) {
      rows[place].hidden = !shown;
    }
    if (shown) {
      visible.push(place);
    }
  });
  byId('shown').textContent = count(visible.length, 'event');
  byId('slider').max = Math.max(visible.length - 1, 0);
  search();
  if (visible.length && !visible.includes(chosen)) {
    choose(visible[Math.max(0, visible.findLastIndex(place => place <= chosen))]);
  } else {
    byId('slider').value = visible.indexOf(chosen);
  }
}

// --- search ---------------------------------------------------------------------------------------------------------

let found = [];

function search() {
  const words = byId('query').value.toLowerCase();
  found.forEach(place => rows[place]?.classList.remove('found'));
  found = words ? visible.filter(place => textOf(events[place]).includes(words)) : [];
  found.forEach(place => rows[place]?.classList.add('found'));
  tellMatches();
}

function textOf(event) {
  return `${event.line ?? ''}\n${event.text ?? ''}\n${sessionName(event)} ${event.phase ?? ''} ${event.kind}`
    .toLowerCase();
}

function tellMatches() {
  const at = found.indexOf(chosen);
  byId('matches').textContent = !byId('query').value ? '' : !found.length ? 'nothing found'
    : at < 0 ? `${found.length} found` : `${at + 1} of ${found.length}`;
}

/** Chooses the next match in that direction, and begins again at the other end. */
function searchOn(forward) {
  if (found.length) {
    choose(forward ? found.find(place => place > chosen) ?? found[0]
      : found.findLast(place => place < chosen) ?? found.at(-1));
  }
}

// --- time travel ----------------------------------------------------------------------------------------------------

function choose(place, focus = false) {
  if (place === undefined || !events[place]) {
    return;
  }
  const before = rows[chosen];
  if (before) {
    before.setAttribute('aria-selected', 'false');
    before.tabIndex = -1;
  }
  chosen = place;
  const now = rows[place];
  if (now) {
    now.setAttribute('aria-selected', 'true');
    now.tabIndex = 0;
    now.scrollIntoView({block: 'nearest'});
    if (focus) {
      now.focus({preventScroll: true});
    }
  }
  const event = events[place];
  const slider = byId('slider');
  slider.value = visible.indexOf(place);
  slider.setAttribute('aria-valuetext', `event ${event.number ?? event.first}`);
  showMoment();
  tellMatches();
  window.history.replaceState(null, '', `#${event.number ?? event.first}`);
}

function step(by, focus) {
  const at = visible.indexOf(chosen);
  choose(visible[Math.min(Math.max(at + by, 0), visible.length - 1)], focus);
}

function stepToChange(forward) {
  const changes = place => changesState(events[place]);
  choose(forward ? visible.find(place => place > chosen && changes(place))
    : visible.findLast(place => place < chosen && changes(place)));
}

/** Chooses the event of that number, or the one before it that is in the page. */
function chooseNumber(number) {
  choose(events.findLastIndex(event => !event.aside && (event.number ?? event.first) <= number));
}

// --- the moment -----------------------------------------------------------------------------------------------------

function showMoment() {
  const event = events[chosen];
  const now = timeline.at(chosen);
  // What happened aside since the event before belongs to this step.
  let last = chosen - 1;
  while (last >= 0 && events[last].aside) {
    last--;
  }
  const before = timeline.at(last);
  byId('event').replaceChildren(...describeEvent(event));
  byId('sessions').replaceChildren(describeSessions(now, before));
  byId('mail').replaceChildren(...sorted(now.accounts).flatMap(account => describeAccount(account, now, before)),
    ...sorted(before.accounts).filter(account => !now.accounts.has(account.name)).map(account =>
      element('p', {className: 'mark away'}, `Account ${account.name} was removed with all its mail.`)));
  const changed = document.querySelectorAll('#moment .mark:not(:empty)').length;
  byId('announce').textContent = event.kind === 'missing' ? 'These events are not in the recording.'
    : `Event ${event.number}: ${event.line}` + (changed ? ` (${count(changed, 'change')} marked below)` : '');
}

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
  return [come && `${come} new`, gone && `${gone} gone`, flags && `${flags} with other flags`].filter(Boolean).join(', ');
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

// --- what the reader does -------------------------------------------------------------------------------------------

function fillChoices() {
  const sessions = new Map();
  const kinds = new Set();
  for (const event of events.filter(event => !event.aside && event.kind !== 'missing')) {
    sessions.set(event.session, sessionName(event));
    kinds.add(event.kind);
  }
  byId('session').append(...[...sessions].sort(([a], [b]) => a - b)
    .map(([number, name]) => element('option', {value: String(number)}, name)));
  byId('kind').append(...[...kinds].sort().map(kind => element('option', {value: kind}, kind)));
}

function listen() {
  const on = (id, type, action) => byId(id).addEventListener(type, action);
  on('search', 'submit', event => {
    event.preventDefault();
    searchOn(true);
  });
  on('query', 'input', search);
  on('query', 'keydown', event => {
    if (event.key === 'Enter' && event.shiftKey) {
      event.preventDefault();
      searchOn(false);
    }
  });
  on('search-previous', 'click', () => searchOn(false));
  on('session', 'change', filter);
  on('kind', 'change', filter);
  on('slider', 'input', () => choose(visible[Number(byId('slider').value)]));
  on('first', 'click', () => choose(visible[0]));
  on('last', 'click', () => choose(visible.at(-1)));
  on('previous', 'click', () => step(-1));
  on('next', 'click', () => step(1));
  on('previous-change', 'click', () => stepToChange(false));
  on('next-change', 'click', () => stepToChange(true));
  on('events', 'click', event => {
    const row = event.target.closest('tr[data-place]');
    if (row) {
      choose(Number(row.dataset.place), true);
    }
  });
  on('events', 'keydown', event => {
    const by = {ArrowUp: -1, ArrowDown: 1, PageUp: -20, PageDown: 20, Home: -Infinity, End: Infinity}[event.key];
    if (by && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      step(by, true);
    }
  });
  window.addEventListener('hashchange', () => chooseNumber(Number(location.hash.slice(1))));
}

byId('about').textContent = recording.about;
fillChoices();
makeRows(0);
listen();
chosen = events.findIndex(event => !event.aside);
filter();
if (/^#\d+$/.test(location.hash)) {
  chooseNumber(Number(location.hash.slice(1)));
} else {
  choose(chosen);
}
