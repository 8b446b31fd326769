
'use strict';

/* Shows the recording: each event is a row, and the chosen one decides the moment that is shown at the right. */
const recording = JSON.parse(document.getElementById('recording').textContent);
const events = recording.events;
const timeline = new Timeline(recording);
const rows = [];            // by place in events; undefined for what is only there for its changes of the state
const visible = [];         // the places whose rows are shown, ascending
let chosen = -1;

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
