package dev.mailscope.lab.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.SetupCommand;
import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Recording;

/**
 * How everything was as each step of a lab was opened: an event of a recording for the server, and what each device
 * had in its memory. From that, server and devices are made again.
 */
final class Savepoints {
    private final Lab lab;
    private final Workplace place;

    Savepoints(Lab lab, Workplace place) {
        this.lab = lab;
        this.place = place;
    }

    /** Keeps how everything is now, as that step is opened, in the recording of that number. */
    void save(int step, int part, Equipment now) throws IOException {
        place.save(step, new Workplace.Saved(part, now.server().trace().last(), now.memories()));
    }

    /**
     * Makes everything anew as it was when that step was opened.
     *
     * @param now  what there is by now, with its recording open; null for nothing
     * @param part the number of that recording
     * @param into the number of the new recording. IOException when what was saved cannot be read
     */
    Equipment reopen(int step, Equipment now, int part, int into) throws IOException {
        var saved = place.saved(step);
        var commands = commandsBefore(step);
        var accounts = new ArrayList<AccountConfig>();
        commands.forEach(command -> {
            if (command instanceof SetupCommand.Account account) {
                accounts.add(Equipment.account(account));
            }
        });
        var made = Equipment.forked(place.part(into), accounts, stateAt(saved, now, part),
                "event " + saved.event() + " of part " + saved.part());
        for (var command : commands) {
            if (command instanceof SetupCommand.Pop3 pop3) {
                made.addDevice(pop3, saved.devices().get(pop3.device()));
            } else if (command instanceof SetupCommand.Imap imap) {
                made.addDevice(imap, saved.devices().get(imap.device()));
            }
        }
        return made;
    }

    private List<SetupCommand> commandsBefore(int step) {
        var commands = new ArrayList<>(lab.setup());
        for (var earlier : lab.steps().subList(0, step)) {
            earlier.blocks(Block.Doing.class).forEach(doing -> commands.addAll(doing.commands()));
        }
        return commands;
    }

    private ServerState stateAt(Workplace.Saved saved, Equipment now, int part) throws IOException {
        try {
            if (now != null && saved.part() == part) {
                return now.server().trace().at(saved.event()).server();
            }
            // A fork reads the mail's octets, so that the recording must stay open until then; hence the copy.
            try (var recording = Recording.open(place.part(saved.part()))) {
                return recording.at(saved.event()).server()
                        .withContents(content -> Content.of(content.octets()));
            }
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new IOException("The step cannot be begun again from " + place.part(saved.part()) + ": "
                    + e.getMessage(), e);
        }
    }
}
