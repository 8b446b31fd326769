package dev.mailscope.bench.clients;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

import dev.mailscope.server.mailbox.Flags;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;

/** Jakarta Mail over IMAP: one connection for the whole round, and a copy by UID. */
final class JakartaMail implements SyncClient, AutoCloseable {
    private static final Map<String, jakarta.mail.Flags.Flag> SYSTEM = Map.of(
            "\\Answered", jakarta.mail.Flags.Flag.ANSWERED, "\\Deleted", jakarta.mail.Flags.Flag.DELETED,
            "\\Draft", jakarta.mail.Flags.Flag.DRAFT, "\\Flagged", jakarta.mail.Flags.Flag.FLAGGED,
            "\\Seen", jakarta.mail.Flags.Flag.SEEN);

    private final Session session;
    private final IMAPStore store;
    private final Map<String, Map<Long, Copy>> copies = new TreeMap<>();

    JakartaMail(Access access) throws MessagingException, GeneralSecurityException, IOException {
        session = Session.getInstance(properties(access));
        store = (IMAPStore) session.getStore(access.protocol());
        store.connect(access.host(), access.port(), access.user(), access.password());
    }

    /** How Jakarta Mail is told to reach the server; a silent server ends the round. */
    static Properties properties(Access access) throws GeneralSecurityException, IOException {
        var properties = new Properties();
        var prefix = "mail." + access.protocol() + ".";
        properties.put(prefix + "connectiontimeout", "20000");
        properties.put(prefix + "timeout", "20000");
        properties.put(prefix + "peek", "true"); // reading marks nothing as read
        properties.put(prefix + "ssl.enable", Boolean.toString(access.security() == Security.TLS));
        properties.put(prefix + "starttls.enable", Boolean.toString(access.security() == Security.STARTTLS));
        properties.put(prefix + "starttls.required", Boolean.toString(access.security() == Security.STARTTLS));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "ssl.socketFactory", trusting(access.certificate()));
        return properties;
    }

    private static SSLSocketFactory trusting(String certificate) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("server", CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII))));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    /** The octets of a message as they came. */
    static byte[] octets(Message message) throws MessagingException, IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    /** Makes a folder, and those above it. */
    void create(String name) throws MessagingException {
        store.getFolder(name).create(Folder.HOLDS_MESSAGES);
    }

    @Override
    public void sync() throws MessagingException, IOException {
        var names = new ArrayList<String>();
        for (var folder : store.getDefaultFolder().list("*")) {
            if ((folder.getType() & Folder.HOLDS_MESSAGES) != 0) {
                names.add(folder.getFullName());
            }
        }
        copies.keySet().retainAll(names);
        for (var name : names) {
            try (var folder = open(name)) {
                copies.put(name, inStep(folder, copies.getOrDefault(name, Map.of())));
            }
        }
    }

    private static Map<Long, Copy> inStep(IMAPFolder folder, Map<Long, Copy> before)
            throws MessagingException, IOException {
        var messages = folder.getMessages();
        var profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.CONTENT_INFO);
        folder.fetch(messages, profile);
        var now = new LinkedHashMap<Long, Copy>();
        for (var message : messages) {
            var uid = folder.getUID(message);
            var known = before.get(uid);
            now.put(uid, new Copy(Long.toString(uid), known == null ? octets(message) : known.octets(),
                    flags(message.getFlags())));
        }
        return now;
    }

    @Override
    public Map<String, List<Copy>> copy() {
        var copy = new TreeMap<String, List<Copy>>();
        copies.forEach((name, mails) -> copy.put(name, List.copyOf(mails.values())));
        return copy;
    }

    @Override
    public void flag(String folder, Copy mail, Flags flag) throws MessagingException {
        try (var opened = open(folder)) {
            message(opened, mail).setFlags(flags(flag), true);
        }
    }

    @Override
    public void append(String folder, byte[] mail) throws MessagingException {
        store.getFolder(folder)
                .appendMessages(new Message[] {new MimeMessage(session, new ByteArrayInputStream(mail))});
    }

    @Override
    public void move(String folder, Copy mail, String target) throws MessagingException {
        try (var opened = open(folder)) {
            var messages = new Message[] {message(opened, mail)};
            if (store.hasCapability("MOVE")) {
                opened.moveMessages(messages, store.getFolder(target));
            } else {
                opened.copyMessages(messages, store.getFolder(target));
                messages[0].setFlag(jakarta.mail.Flags.Flag.DELETED, true);
                opened.expunge(messages);
            }
        }
    }

    @Override
    public void delete(String folder, Copy mail) throws MessagingException {
        try (var opened = open(folder)) {
            var message = message(opened, mail);
            message.setFlag(jakarta.mail.Flags.Flag.DELETED, true);
            opened.expunge(new Message[] {message});
        }
    }

    @Override
    public void close() throws MessagingException {
        store.close();
    }

    private IMAPFolder open(String name) throws MessagingException {
        var folder = (IMAPFolder) store.getFolder(name);
        folder.open(Folder.READ_WRITE);
        return folder;
    }

    private static Message message(IMAPFolder folder, Copy mail) throws MessagingException {
        return folder.getMessageByUID(Long.parseLong(mail.id()));
    }

    private static Flags flags(jakarta.mail.Flags flags) {
        var names = new ArrayList<>(Arrays.asList(flags.getUserFlags()));
        SYSTEM.forEach((name, flag) -> {
            if (flags.contains(flag)) {
                names.add(name);
            }
        });
        return Flags.of(names);
    }

    private static jakarta.mail.Flags flags(Flags flags) {
        var found = new jakarta.mail.Flags();
        SYSTEM.forEach((name, flag) -> {
            if (flags.contains(name)) {
                found.add(flag);
            }
        });
        flags.keywords().forEach(found::add);
        return found;
    }
}
