package dev.mailscope.bench.clients;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Flags;

/** curl over IMAP: a connection for each request, and a copy by UID. curl leaves the encoding of names to its user. */
final class Curl implements SyncClient {
    private static final Pattern LISTED = Pattern.compile("\\* LIST \\(([^)]*)\\) \"/\" (?:\"([^\"]*)\"|(\\S+))");
    private static final Pattern FETCHED = Pattern.compile("\\* \\d+ FETCH \\((?=.*UID (\\d+)).*FLAGS \\(([^)]*)\\).*");

    private final Place place;
    private final Access access;
    private final Map<String, Map<String, Copy>> copies = new TreeMap<>();

    Curl(Place place, Access access) {
        this.place = place;
        this.access = access;
    }

    @Override
    public void sync() throws Exception {
        var names = new ArrayList<String>();
        for (var listed : request("", "LIST \"\" \"*\"").lines().map(LISTED::matcher).toList()) {
            if (listed.matches() && !listed.group(1).contains("\\Noselect")) {
                names.add(OddFolder.decoded(listed.group(2) == null ? listed.group(3) : listed.group(2)));
            }
        }
        copies.keySet().retainAll(names);
        for (var name : names) {
            var before = copies.getOrDefault(name, Map.of());
            var now = new LinkedHashMap<String, Copy>();
            for (var line : request(name, "UID FETCH 1:* (FLAGS)").lines().map(FETCHED::matcher).toList()) {
                if (line.matches()) {
                    var uid = line.group(1);
                    var known = before.get(uid);
                    now.put(uid, known != null ? new Copy(uid, known.octets(), flags(line.group(2)))
                            : new Copy(uid, Form.octets(curl(url(name) + ";UID=" + uid)),
                                    flags(line.group(2)).plus(fetched())));
                }
            }
            copies.put(name, now);
        }
    }

    @Override
    public Map<String, List<Copy>> copy() {
        var copy = new TreeMap<String, List<Copy>>();
        copies.forEach((name, mails) -> copy.put(name, List.copyOf(mails.values())));
        return copy;
    }

    @Override
    public void flag(String folder, Copy mail, Flags flag) throws Exception {
        request(folder, "UID STORE " + mail.id() + " +FLAGS " + flag);
    }

    @Override
    public void append(String folder, byte[] mail) throws Exception {
        curl("-T", place.write("new.eml", mail).toString(), url(folder));
    }

    @Override
    public void move(String folder, Copy mail, String target) throws Exception {
        var quoted = '"' + OddFolder.encoded(target) + '"';
        if (request("", "CAPABILITY").contains(" MOVE")) {
            request(folder, "UID MOVE " + mail.id() + " " + quoted);
        } else {
            request(folder, "UID COPY " + mail.id() + " " + quoted);
            delete(folder, mail);
        }
    }

    @Override
    public void delete(String folder, Copy mail) throws Exception {
        flag(folder, mail, Flags.DELETED);
        request(folder, "UID EXPUNGE " + mail.id());
    }

    /** curl appends everything as read. */
    @Override
    public Flags appended() {
        return Flags.SEEN;
    }

    /** curl fetches with BODY[], which marks as read. */
    @Override
    public Flags fetched() {
        return Flags.SEEN;
    }

    private String request(String folder, String command) throws Exception {
        return curl("-X", command, url(folder));
    }

    private String curl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("curl", "-sS", "-u", access.user() + ":" + access.password()));
        if (access.security() != Security.PLAIN) {
            command.addAll(List.of("--ssl-reqd", "--cacert", place.certificate(access).toString()));
        }
        command.addAll(List.of(arguments));
        return place.run(command.toArray(String[]::new));
    }

    private String url(String folder) {
        var url = new StringBuilder(access.url()).append('/');
        for (var octet : OddFolder.encoded(folder).getBytes(StandardCharsets.US_ASCII)) {
            url.append(Character.isLetterOrDigit(octet) ? Character.toString(octet) : "%%%02X".formatted(octet));
        }
        return url.toString();
    }

    private static Flags flags(String words) {
        return Flags.of(Pattern.compile(" ").splitAsStream(words)
                .filter(word -> !word.isEmpty() && !word.equals("\\Recent")).toList());
    }
}
