package dev.mailscope.ui.session;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.pop3.Pop3Phase;
import dev.mailscope.server.pop3.Pop3Verb;

/** The commands of both protocols for the console, read from the tables the servers check them with. */
final class Commands {
    /**
     * A command.
     *
     * @param name        its verb; for the UID commands of IMAP two words
     * @param syntax      how it is written
     * @param explanation what it is for, in one sentence
     * @param section     where it is defined
     * @param phases      the phases in which it is legal, by their names in the trace
     */
    record Command(String name, String syntax, String explanation, String section, Set<String> phases) {
        boolean hasArguments() {
            return syntax.startsWith(name + ' ');
        }
    }

    // The console does not compress: what it shows are the lines as they travel, within TLS or without.
    private static final Map<Protocol, List<Command>> ALL = Map.of(
            Protocol.POP3, Arrays.stream(Pop3Verb.values()).map(Commands::pop3).toList(),
            Protocol.IMAP, Arrays.stream(ImapVerb.values()).filter(verb -> verb != ImapVerb.COMPRESS)
                    .map(Commands::imap).toList());
    private static final Map<Protocol, Set<String>> VERBS = Map.of(
            Protocol.POP3, firstWords(Protocol.POP3), Protocol.IMAP, firstWords(Protocol.IMAP));

    private Commands() {
    }

    /** True when a command begins with that word, in any case. */
    static boolean isVerb(Protocol protocol, String word) {
        return VERBS.get(protocol).contains(word.toUpperCase(Locale.ROOT));
    }

    /** The commands that are legal in that phase. */
    static List<Command> legalIn(Protocol protocol, String phase) {
        return ALL.get(protocol).stream().filter(command -> command.phases.contains(phase)).toList();
    }

    private static Command pop3(Pop3Verb verb) {
        return new Command(verb.name(), verb.syntax(), verb.explanation(), verb.section(),
                verb.phases().stream().map(Pop3Phase.Kind::label).collect(Collectors.toUnmodifiableSet()));
    }

    private static Command imap(ImapVerb verb) {
        return new Command(verb.wireName(), verb.syntax(), verb.explanation(), verb.reference(),
                verb.phases().stream().map(ImapPhase::label).collect(Collectors.toUnmodifiableSet()));
    }

    private static Set<String> firstWords(Protocol protocol) {
        return ALL.get(protocol).stream().map(command -> command.name.split(" ")[0])
                .collect(Collectors.toUnmodifiableSet());
    }
}
