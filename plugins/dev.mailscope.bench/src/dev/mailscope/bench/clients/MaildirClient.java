package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.mailscope.server.mailbox.Flags;

/** A program that keeps a tree of Maildir folders in step with the account: all is done there, and then it runs. */
abstract class MaildirClient implements SyncClient {
    private final Path top;

    /** One whose tree lies there, a folder for each level of a name. */
    MaildirClient(Path top) {
        this.top = top;
    }

    @Override
    public final Map<String, List<Copy>> copy() throws IOException {
        var copy = new TreeMap<String, List<Copy>>();
        List<Path> paths;
        try (var walk = Files.walk(top)) {
            paths = walk.filter(path -> path.endsWith("cur")).map(Path::getParent).toList();
        }
        for (var path : paths) {
            copy.put(OddFolder.decoded(top.relativize(path).toString()), new Maildir(path).read());
        }
        return copy;
    }

    @Override
    public void flag(String folder, Copy mail, Flags flag) throws IOException {
        Maildir.flag(mail, flag);
    }

    @Override
    public final void append(String folder, byte[] mail) throws IOException {
        in(folder).add(Form.lf(mail), appended());
    }

    @Override
    public final void move(String folder, Copy mail, String target) throws IOException {
        in(target).take(mail);
    }

    @Override
    public void delete(String folder, Copy mail) throws IOException {
        Maildir.flag(mail, Flags.DELETED);
    }

    /** It keeps Unix line ends. */
    @Override
    public byte[] kept(byte[] octets) {
        return Form.lf(octets);
    }

    /** It keeps what a Maildir can keep. */
    @Override
    public final Flags kept(Flags flags) {
        return Maildir.kept(flags);
    }

    // Some programs keep folders under the names that these have on the wire.
    private Maildir in(String folder) {
        var path = top.resolve(folder);
        return new Maildir(Files.exists(path) ? path : top.resolve(OddFolder.encoded(folder)));
    }
}
