package dev.mailscope.bench.clients;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;

import org.eclipse.angus.mail.pop3.POP3Folder;

/** Jakarta Mail over POP3: a connection for each run; what it has taken is told by the unique-ids. */
final class JakartaPop3 implements FetchClient.Choosing {
    private interface Work {
        void on(POP3Folder inbox) throws Exception;
    }

    private final Access access;
    private final Map<String, byte[]> taken = new LinkedHashMap<>();

    JakartaPop3(Access access) {
        this.access = access;
    }

    @Override
    public void fetch(boolean keep) throws Exception {
        inInbox(inbox -> {
            var messages = inbox.getMessages();
            var profile = new FetchProfile();
            profile.add(UIDFolder.FetchProfileItem.UID);
            inbox.fetch(messages, profile);
            for (var message : messages) {
                var uid = inbox.getUID(message);
                if (!taken.containsKey(uid)) {
                    taken.put(uid, JakartaMail.octets(message));
                }
                message.setFlag(Flags.Flag.DELETED, !keep);
            }
        });
    }

    @Override
    public void delete(int number) throws Exception {
        inInbox(inbox -> inbox.getMessage(number).setFlag(Flags.Flag.DELETED, true));
    }

    @Override
    public List<byte[]> taken() {
        return List.copyOf(taken.values());
    }

    @Override
    public byte[] kept(byte[] octets) {
        return Form.ended(octets);
    }

    private void inInbox(Work work) throws Exception {
        try (var store = Session.getInstance(JakartaMail.properties(access)).getStore(access.protocol())) {
            store.connect(access.host(), access.port(), access.user(), access.password());
            try (var inbox = (POP3Folder) store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                work.on(inbox);
            }
        }
    }
}
