package dev.mailscope.server.export;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.mailbox.SaslPrep;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * What has to be known of the sessions before their transcript is begun: which take part, whose account each opens, which
 * logins were right, and what server each had before it.
 */
final class TranscriptSurvey {
    /** The protocols that transcripts are written in. */
    private static final Set<String> PROTOCOLS = Set.of("imap", "pop3");
    private static final Set<String> BEFORE_LOGIN = Set.of("Not Authenticated", "Authorization");
    private static final Set<String> AFTER_LOGIN = Set.of("Authenticated", "Transaction");
    private static final Set<String> NAMING = Set.of("LOGIN", "PASS", "APOP");
    private static final Pattern USER = Pattern.compile("(?is)(?:\\S+ LOGIN|USER|APOP) +\"?([^\" \\r\\n]+).*");
    private static final Map<String, Pattern> LIMITS = Map.of("message", Pattern.compile("APPENDLIMIT=(\\d+)"),
            "loginDelay", Pattern.compile("(?m)^LOGIN-DELAY (\\d+)"), "expire", Pattern.compile("(?m)^EXPIRE (\\d+)"));

    /** How the connection of a session begins, and what is set for it. */
    static final class OfSession {
        private String account = "";
        private String named = "";
        private String tls = "none";
        private boolean greeted;
        private boolean atOthers;
        private boolean refused;
        private boolean literalMinus;
        private boolean withoutAcl;
        private boolean withoutUtf8;
        private boolean upgrades;
        private long lastReceived;
        private final Map<String, Integer> limits = new HashMap<>();

        String account() {
            return account.isEmpty() ? named : account;
        }

        String tls() {
            return tls;
        }

        boolean literalMinus() {
            return literalMinus;
        }

        boolean withoutAcl() {
            return withoutAcl;
        }

        boolean withoutUtf8() {
            return withoutUtf8;
        }

        /** True when TLS begins on its connection later on. */
        boolean upgrades() {
            return upgrades;
        }

        Map<String, Integer> limits() {
            return limits;
        }
    }

    private final Map<Long, OfSession> sessions = new HashMap<>();
    private final Set<Long> rightLogins = new HashSet<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<String> known = new LinkedHashSet<>();

    /** A survey of these sessions; more join when they connect. */
    TranscriptSurvey(Set<Long> open) {
        open.forEach(number -> sessions.put(number, new OfSession()));
    }

    /** Takes the next event; {@code selected} is true when its session, if it begins now, takes part. */
    void take(TraceEvent event, boolean selected) {
        if (event.what() instanceof What.Connected && selected && PROTOCOLS.contains(event.protocol())) {
            sessions.put(event.session(), new OfSession());
        }
        if (event.what() instanceof What.StateChanged(var version, var changes)) {
            changes.stream().filter(Change.AccountAdded.class::isInstance).map(Change::account).forEach(known::add);
            changes.stream().filter(Change.AccessChanged.class::isInstance).map(Change::account).forEach(touched::add);
        }
        var session = sessions.get(event.session());
        if (session != null) {
            take(session, event);
        }
    }

    /** What is known of a session; null when it takes no part. */
    OfSession of(long session) {
        var found = sessions.get(session);
        return found == null || found.refused ? null : found;
    }

    /** True when the login that ended with these octets was right. */
    boolean isRight(long received) {
        return rightLogins.contains(received);
    }

    /** The accounts that were opened, or would have been, and those that share folders with others. */
    Set<String> accounts() {
        var accounts = new TreeSet<>(touched);
        sessions.values().stream().map(OfSession::account).filter(name -> !name.isEmpty()).forEach(accounts::add);
        return accounts;
    }

    /** The password that stands for an account's own, which nobody knows. */
    String password(String account) {
        return "secret~of~" + account.replaceAll("[^A-Za-z0-9]", "~");
    }

    /** Which account a session opens when nothing in it says so: the first there is. */
    void settle(Moment start) {
        known.addAll(start.server().accounts().keySet());
        start.server().accounts().values().stream().filter(account -> account.folders().values().stream()
                .anyMatch(folder -> !folder.access().isPrivate(account.name()))).map(Account::name)
                .forEach(touched::add);
        var first = known.isEmpty() ? "" : known.iterator().next();
        for (var session : sessions.values()) {
            if (session.account.isEmpty() && !known.contains(session.named)) {
                session.named = first;
            }
        }
    }

    private void take(OfSession session, TraceEvent event) {
        switch (event.what()) {
            case What.Received(var octets) -> received(session, event, octets);
            case What.PhaseChanged(var from, var to, var user) -> {
                if (BEFORE_LOGIN.contains(from) && AFTER_LOGIN.contains(to)) {
                    rightLogins.add(session.lastReceived);
                    session.account = NAMING.contains(event.command()) ? session.named : session.account;
                }
            }
            case What.ViewOpened opened -> {
                touched.add(opened.account());
                // Another user's folder tells nothing of who has opened it.
                session.atOthers = opened.folder().startsWith(Reach.OTHERS);
                if (session.account.isEmpty() && !session.atOthers) {
                    session.account = opened.account();
                }
            }
            case What.StateChanged(var version, var changes) -> {
                changes.forEach(change -> touched.add(change.account()));
                if (session.account.isEmpty() && !session.atOthers) {
                    session.account = changes.getFirst().account();
                }
            }
            case What.Response(var octets) -> response(session, event, octets);
            case What.TlsStarted started -> {
                if (session.greeted) {
                    session.upgrades = true;
                } else {
                    session.tls = "first";
                }
            }
            case What.Connected w -> {
            }
            case What.Command w -> {
            }
            case What.Rejected w -> {
            }
            case What.Sent w -> {
            }
            case What.ViewClosed w -> {
            }
            case What.Marked w -> {
            }
            case What.Told w -> {
            }
            case What.CompressionStarted w -> {
            }
            case What.Held w -> {
            }
            case What.Released w -> {
            }
            case What.Fault w -> {
            }
            case What.Replaced w -> {
            }
            case What.Delivery w -> {
            }
            case What.Closed w -> {
            }
            case What.Device w -> {
            }
            case What.Remark w -> {
            }
        }
    }

    private void received(OfSession session, TraceEvent event, Octets octets) {
        var text = new String(octets.first(300), StandardCharsets.ISO_8859_1);
        if (session.account.isEmpty() && List.of("LOGIN", "USER", "APOP").contains(event.command())) {
            var user = USER.matcher(text);
            if (user.matches() && !user.group(1).equals(Octets.MASK) && !user.group(1).startsWith("{")) {
                var name = new String(user.group(1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                session.named = SaslPrep.prepare(name).orElse(name);
            }
        }
        session.lastReceived = event.number();
    }

    private static void response(OfSession session, TraceEvent event, Octets octets) {
        if (!session.greeted) {
            session.greeted = true;
            var greeting = new String(octets.first(4_000), StandardCharsets.ISO_8859_1);
            session.refused = greeting.startsWith("* BYE") || greeting.startsWith("-ERR");
            capabilities(session, greeting);
        } else if (event.command().equals("CAPA") || event.command().equals("CAPABILITY")) {
            capabilities(session, new String(octets.first(4_000), StandardCharsets.ISO_8859_1));
        } else if (event.command().equals("STLS") && octets.firstLine(3).equals("+OK") && session.tls.equals("none")) {
            session.tls = "offered";
        }
    }

    private static void capabilities(OfSession session, String text) {
        if (session.tls.equals("none") && (text.contains("STARTTLS") || text.contains("\nSTLS\r"))) {
            session.tls = text.contains("LOGINDISABLED") || text.contains("\nSTLS\r") && !text.contains("\nUSER\r")
                    ? "required" : "offered";
        }
        session.literalMinus |= text.contains("LITERAL-");
        var lists = text.contains("CAPABILITY IMAP4");
        session.withoutAcl |= lists && !text.contains(" ACL ");
        session.withoutUtf8 |= lists && !text.contains("UTF8=ACCEPT");
        LIMITS.forEach((name, pattern) -> {
            Matcher value = pattern.matcher(text);
            if (value.find()) {
                session.limits.put(name, Integer.parseInt(value.group(1)));
            }
        });
    }
}
