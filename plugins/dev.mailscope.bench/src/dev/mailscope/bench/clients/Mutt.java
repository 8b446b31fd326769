package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.mailscope.server.mailbox.Flags;

/**
 * mutt with a cache of headers and bodies, in a terminal where the keys are pressed for it. Its local copy is what it
 * copies out of each folder into a Maildir.
 */
final class Mutt implements SyncClient {
    private static final Set<Integer> DONE_OR_EMPTY = Set.of(0, 1);

    private final Place place;
    private final Access access;
    private final Path config;
    private final List<String> folders;

    /** The folders are those its user has told it of; it lists none by itself. */
    Mutt(Place place, Access access, Collection<String> folders) throws IOException {
        this.place = place;
        this.access = access;
        this.folders = List.copyOf(folders);
        Files.createDirectory(place.home().resolve("bodies"));
        config = place.write("muttrc", """
                set imap_user="%1$s" imap_pass="%2$s" imap_authenticators="login"
                set ssl_starttls=%4$s ssl_force_tls=%5$s certificate_file="%6$s"
                set folder="%3$s/" spoolfile="+INBOX" mbox_type=Maildir
                set imap_condstore=yes imap_qresync=yes
                set header_cache="~/headers" message_cachedir="~/bodies"
                set delete=yes quit=yes move=no mark_old=no resolve=no maildir_trash=no
                set confirmappend=no confirmcreate=no wait_key=no sleep_time=0 beep=no
                """.formatted(access.user(), access.password(), access.url(),
                access.security() == Security.STARTTLS ? "yes" : "no",
                access.security() == Security.PLAIN ? "no" : "yes", place.certificate(access)));
    }

    @Override
    public void sync() throws Exception {
        for (var folder : folders) {
            remove(copyOf(folder));
            new Maildir(copyOf(folder)).create();
            press(url(folder), "<tag-pattern>~A<enter><tag-prefix><copy-message>" + answer(copyOf(folder).toString()));
        }
    }

    @Override
    public Map<String, List<Copy>> copy() throws IOException {
        var copy = new TreeMap<String, List<Copy>>();
        for (var folder : folders) {
            copy.put(folder, new Maildir(copyOf(folder)).read());
        }
        return copy;
    }

    @Override
    public void flag(String folder, Copy mail, Flags flag) throws Exception {
        if (!flag.equals(Flags.FLAGGED)) {
            throw new IllegalArgumentException("which key is that? " + flag);
        }
        press(url(folder), only(mail) + "<set-flag>!");
    }

    @Override
    public void append(String folder, byte[] mail) throws Exception {
        var outbox = place.home().resolve("outbox");
        new Maildir(outbox).create().add(Form.lf(mail), Flags.NONE);
        press(outbox.toString(), "<copy-message>" + answer(url(folder)));
    }

    @Override
    public void move(String folder, Copy mail, String target) throws Exception {
        press(url(folder), only(mail) + "<save-message>" + answer(url(target)));
    }

    @Override
    public void delete(String folder, Copy mail) throws Exception {
        press(url(folder), only(mail) + "<delete-message>");
    }

    /** It copies with Unix line ends, and adds header fields for the numbers of lines and octets and its own flags. */
    @Override
    public byte[] kept(byte[] octets) {
        var kept = Form.lf(octets);
        for (var field : List.of("Content-Length", "Lines", "Status")) {
            kept = Form.without(field, kept);
        }
        return kept;
    }

    /** It keeps what a Maildir can keep, except the flag for drafts, and takes an answered mail for a read one. */
    @Override
    public Flags kept(Flags flags) {
        var kept = Maildir.kept(flags).minus(Flags.DRAFT);
        return kept.contains("\\Answered") ? kept.plus(Flags.SEEN) : kept;
    }

    // -z: it does not start on an empty folder, where it would forget the keys that are to come.
    private void press(String folder, String keys) throws Exception {
        var mutt = new ArrayList<>(List.of("mutt", "-z", "-F", config.toString(), "-f", folder, "-e",
                "push \"" + keys + "<sync-mailbox><quit>\""));
        mutt.replaceAll(word -> "'" + word + "'");
        place.run(Map.of(), DONE_OR_EMPTY, "script", "-qec", String.join(" ", mutt), "/dev/null");
    }

    // In place of what mutt proposes; a space, quoted, is one and goes to no other mailbox.
    private static String answer(String text) {
        return "\\cu" + text.replace(" ", "\\cv ") + "<enter>";
    }

    private static String only(Copy mail) {
        var id = Form.field("Message-ID", mail.octets());
        return "<limit>~i " + id.substring(1, id.length() - 1) + "<enter>";
    }

    private String url(String folder) {
        return access.url() + "/" + folder;
    }

    private Path copyOf(String folder) {
        return place.home().resolve("copy-" + folders.indexOf(folder));
    }

    private static void remove(Path maildir) throws IOException {
        if (Files.exists(maildir)) {
            for (var mail : new Maildir(maildir).read()) {
                Files.delete(Path.of(mail.id()));
            }
        }
    }
}
