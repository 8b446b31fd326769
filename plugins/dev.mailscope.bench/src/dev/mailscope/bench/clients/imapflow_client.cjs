// A mail program with a local copy, on ImapFlow: imapflow_client.cjs sync | flag | append | move | delete ARGUMENTS.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ImapFlow } = require('imapflow');

const env = process.env;
const here = (folder, ...parts) => path.join(env.MAIL_COPY, encodeURIComponent(folder), ...parts);

async function syncFolder(client, folder) {
    const lock = await client.getMailboxLock(folder, { readOnly: true });
    try {
        fs.mkdirSync(here(folder), { recursive: true });
        const known = new Set(fs.readdirSync(here(folder)).filter(name => name.endsWith('.eml')).map(name => name.slice(0, -4)));
        const validity = String(client.mailbox.uidValidity);
        if (known.size && fs.readFileSync(here(folder, 'uidvalidity'), 'utf8') !== validity) {
            throw new Error(`UIDVALIDITY of ${folder} has changed`);
        }
        fs.writeFileSync(here(folder, 'uidvalidity'), validity);
        const held = new Map();
        if (client.mailbox.exists) {
            for await (const message of client.fetch('1:*', { uid: true, flags: true })) {
                held.set(String(message.uid), [...message.flags].filter(flag => flag !== '\\Recent'));
            }
        }
        for (const uid of known) {
            if (!held.has(uid)) {
                fs.rmSync(here(folder, uid + '.eml'));
                fs.rmSync(here(folder, uid + '.flags'));
            }
        }
        const fresh = [...held.keys()].filter(uid => !known.has(uid));
        if (fresh.length) {
            for await (const message of client.fetch(fresh.join(','), { source: true, envelope: true, bodyStructure: true }, { uid: true })) {
                fs.writeFileSync(here(folder, message.uid + '.eml'), message.source);
            }
        }
        for (const [uid, flags] of held) {
            fs.writeFileSync(here(folder, uid + '.flags'), flags.join(' '));
        }
    } finally {
        lock.release();
    }
}

async function inFolder(client, folder, work) {
    const lock = await client.getMailboxLock(folder);
    try {
        if (!await work()) {
            throw new Error('the server did not do it');
        }
    } finally {
        lock.release();
    }
}

const commands = {
    async sync(client) {
        for (const folder of await client.list()) {
            if (!folder.flags.has('\\Noselect')) {
                await syncFolder(client, folder.path);
            }
        }
    },
    flag: (client, folder, uid, flags) =>
        inFolder(client, folder, () => client.messageFlagsAdd(uid, flags.split(' '), { uid: true })),
    async append(client, folder, file) {
        if (!await client.append(folder, fs.readFileSync(file))) {
            throw new Error('the server did not take it');
        }
    },
    move: (client, folder, uid, target) =>
        inFolder(client, folder, () => client.messageMove(uid, target, { uid: true })),
    delete: (client, folder, uid) => inFolder(client, folder, () => client.messageDelete(uid, { uid: true })),
};

async function main() {
    const [command, ...args] = process.argv.slice(2);
    const client = new ImapFlow({
        host: env.MAIL_HOST,
        port: Number(env.MAIL_PORT),
        secure: env.MAIL_SECURITY === 'TLS',
        doSTARTTLS: env.MAIL_SECURITY === 'STARTTLS',
        tls: { ca: fs.readFileSync(env.MAIL_CERTIFICATE) },
        auth: { user: env.MAIL_USER, pass: env.MAIL_PASSWORD },
        logger: false,
        qresync: true, // ENABLEs QRESYNC where the server has it
        socketTimeout: 20000,
    });
    await client.connect();
    await commands[command](client, ...args);
    await client.logout();
}

main().catch(error => {
    console.error(error.stack);
    process.exit(1);
});
