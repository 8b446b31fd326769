
'use strict';

/**
 * What the server held, and what each session was in and had been told, at any moment of the recording: the state at
 * its beginning and, from there on, what each event changed. A message is never changed, only put in another's place.
 */
class Timeline {
  /** How many events lie between two states that are kept. */
  static INTERVAL = 200;

  #kept;

  constructor(recording) {
    this.events = recording.events;
    this.#kept = [Timeline.#read(recording.start)];
  }

  /** The state after the event at that place in the list; -1 for the state before the first. Must not be changed. */
  at(place) {
    const wanted = Math.floor((place + 1) / Timeline.INTERVAL);
    let kept = Math.min(wanted, this.#kept.length - 1);
    let state = Timeline.#copy(this.#kept[kept]);
    for (let next = kept * Timeline.INTERVAL; next <= place; next++) {
      if (next > 0 && next % Timeline.INTERVAL === 0 && !this.#kept[next / Timeline.INTERVAL]) {
        this.#kept.push(Timeline.#copy(state));
      }
      state = Timeline.#after(state, this.events[next]);
    }
    return state;
  }

  /** A state in the form that the recording's own beginning has. */
  static written(state) {
    return {
      version: state.version,
      modSeq: state.modSeq,
      accounts: sorted(state.accounts).map(account => ({
        name: account.name,
        quota: account.quota,
        subscriptions: [...account.subscriptions].sort(),
        folders: [...account.folders.values()].sort((a, b) => a.name < b.name ? -1 : 1)
          .map(folder => ({...folder, messages: sorted(folder.messages)})),
      })),
      sessions: sorted(state.sessions).map(session => {
        const held = state.accounts.get(session.account)?.folders.get(session.folderId)?.messages;
        return {
          ...session,
          told: sorted(session.told).map(message => held?.get(message.uid) === message ? message.uid : message),
          marked: [...session.marked].sort((a, b) => a - b),
        };
      }),
    };
  }

  static #read(start) {
    const accounts = new Map();
    for (const account of start.accounts) {
      accounts.set(account.name, {
        ...account,
        subscriptions: new Set(account.subscriptions),
        folders: new Map(account.folders.map(folder => [folder.id, {
          ...folder,
          messages: new Map(folder.messages.map(message => [message.uid, message])),
        }])),
      });
    }
    const sessions = new Map();
    for (const session of start.sessions) {
      const held = accounts.get(session.account)?.folders.get(session.folderId)?.messages;
      sessions.set(session.number, {
        ...session,
        told: new Map(session.told.map(message => typeof message === 'number'
          ? [message, held.get(message)] : [message.uid, message])),
        marked: new Set(session.marked),
      });
    }
    return {version: start.version, modSeq: start.modSeq, accounts, sessions};
  }

  static #copy(state) {
    const copy = (map, of) => new Map([...map].map(([key, value]) => [key, of(value)]));
    return {
      version: state.version,
      modSeq: state.modSeq,
      accounts: copy(state.accounts, account => ({
        ...account,
        subscriptions: new Set(account.subscriptions),
        folders: copy(account.folders, folder => ({...folder, messages: new Map(folder.messages)})),
      })),
      sessions: copy(state.sessions, session => ({
        ...session, told: new Map(session.told), marked: new Set(session.marked),
      })),
    };
  }

  static #after(state, event) {
    const session = state.sessions.get(event.session);
    switch (event.kind) {
      case 'missing':
        return event.state ? Timeline.#read(event.state) : state;
      case 'state':
        event.changes.forEach(change => Timeline.#change(state, change));
        state.version = event.version;
        break;
      case 'connected':
        state.sessions.set(event.session, {
          number: event.session, protocol: event.protocol, peer: event.peer, local: event.local, phase: event.phase,
          account: '', folderId: 0, folder: '', readOnly: false, told: new Map(), marked: new Set(),
          connected: event.number,
        });
        break;
      case 'closed':
        state.sessions.delete(event.session);
        break;
      case 'phase':
        if (session) {
          session.phase = event.to;
        }
        break;
      case 'opened':
        if (session) {
          const folder = state.accounts.get(event.account)?.folders.get(event.folderId);
          Object.assign(session, {
            account: event.account, folderId: event.folderId, folder: event.opened, readOnly: event.readOnly,
            told: new Map(folder?.messages), marked: new Set(),
          });
        }
        break;
      case 'left':
        if (session) {
          Object.assign(session, {
            account: '', folderId: 0, folder: '', readOnly: false, told: new Map(), marked: new Set(),
          });
        }
        break;
      case 'marked':
        if (session) {
          session.marked[event.deleted ? 'add' : 'delete'](event.uid);
        }
        break;
      case 'told':
        if (session) {
          event.notices.forEach(notice => Timeline.#told(state, session, notice));
        }
        break;
    }
    return state;
  }

  static #told(state, session, notice) {
    const held = state.accounts.get(session.account)?.folders.get(session.folderId)?.messages;
    switch (notice.notice) {
      case 'expunged':
        session.told.delete(notice.uid);
        break;
      case 'flagsChanged':
        if (session.told.has(notice.uid)) {
          const next = {...session.told.get(notice.uid), flags: notice.flags, modSeq: notice.modSeq};
          session.told.set(notice.uid, sameMessage(next, held?.get(notice.uid)) ? held.get(notice.uid) : next);
        }
        break;
      case 'arrived':
        for (const uid of notice.uids) {
          if (held?.has(uid)) {
            session.told.set(uid, held.get(uid));
          }
        }
        break;
    }
  }

  static #change(state, change) {
    if (change.change === 'accountAdded') {
      state.accounts.set(change.account, {
        name: change.account, quota: {fixed: false, limits: {}}, subscriptions: new Set(), folders: new Map(),
      });
      return;
    }
    if (change.change === 'accountRemoved') {
      state.accounts.delete(change.account);
      return;
    }
    state.modSeq = Math.max(state.modSeq, change.modSeq ?? 0, change.removedAt ?? 0);
    const account = state.accounts.get(change.account);
    if (!account) {
      return; // an annotation of the server, which belongs to nobody
    }
    const folder = account.folders.get(change.folderId);
    switch (change.change) {
      case 'folderCreated':
        account.folders.set(change.folderId, {
          id: change.folderId, name: change.folder, uidValidity: change.uidValidity, uidNext: 1, modSeq: change.modSeq,
          recentFrom: 1, selectable: true, uses: [], messages: new Map(),
        });
        break;
      case 'folderDeleted':
        account.folders.delete(change.folderId);
        break;
      case 'folderRenamed':
        folder.name = change.newName;
        break;
      case 'selectableChanged':
        folder.selectable = change.selectable;
        break;
      case 'specialUseChanged':
        folder.uses = change.uses;
        folder.modSeq = ++state.modSeq;
        break;
      case 'annotationChanged':
        // The folder may be another account's than the one that notes something of it.
        for (const {folders} of state.accounts.values()) {
          if (folders.has(change.folderId)) {
            folders.get(change.folderId).modSeq = ++state.modSeq;
          }
        }
        break;
      case 'subscriptionChanged':
        account.subscriptions[change.subscribed ? 'add' : 'delete'](change.name);
        break;
      case 'quotaChanged':
        account.quota = {fixed: change.fixed, limits: change.limits};
        break;
      case 'messageAdded':
        folder.messages.set(change.uid, {
          uid: change.uid, modSeq: change.modSeq, flags: change.flags, internalDate: change.internalDate,
          size: change.size, content: change.content,
        });
        folder.uidNext = Math.max(folder.uidNext, change.uid + 1);
        folder.modSeq = change.modSeq;
        break;
      case 'messageRemoved':
        folder.messages.delete(change.uid);
        folder.modSeq = change.removedAt;
        break;
      case 'flagsChanged':
        folder.messages.set(change.uid, {
          ...folder.messages.get(change.uid), flags: change.flags, modSeq: change.modSeq,
        });
        folder.modSeq = change.modSeq;
        break;
      case 'recentClaimed':
        folder.recentFrom = change.recentFrom;
        break;
    }
  }
}

/** The values of a map in the order of its keys: numbers by size, texts by their characters. */
function sorted(map) {
  return [...map].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0).map(([, value]) => value);
}

/** True when both are the same message with the same flags. */
function sameMessage(one, other) {
  return other !== undefined && one.uid === other.uid && one.modSeq === other.modSeq
    && one.content === other.content && one.flags.join(' ') === other.flags.join(' ');
}
