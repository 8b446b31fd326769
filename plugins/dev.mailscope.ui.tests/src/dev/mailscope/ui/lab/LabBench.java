package dev.mailscope.ui.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

/** A lab of two steps, in the Lab view. */
final class LabBench {
    static final String TEXT = """
            # Who has the mail?

            Two devices, *one* mailbox: see what becomes of the mail.

            ```setup
            account bob secret7
            mail bob INBOX
              Subject: Meeting

              At ten.
            device Laptop pop3 delete bob
            ```

            ## Fetch it with the laptop

            Press **Synchronise** in the Devices view. What the laptop says:

            | command | what it does |
            |---|---|
            | `RETR` | fetches a message |
            | `DELE` | marks it for deletion |

            1. It connects, and logs in.
            2. It fetches, and `QUIT`s. See [the RFC](https://www.rfc-editor.org/rfc/rfc1939).

            ```predict number
            How many mails will be left on the server?
            = messages('bob', 'INBOX')
            > Update has deleted it.
            ```

            ```check
            The laptop has it: held('Laptop', 'INBOX') == 1
            The server has nothing: messages('bob', 'INBOX') == 0
            ```

            ```hint
            Look at the *Laptop* in the Devices view.
            ```

            ```quiz single
            Where is the mail now?
            - [ ] on the server
            - [x] on the laptop
            > It was downloaded, and deleted.
            ```

            ## In your own words

            ```quiz text
            Which command ends the session?
            = QUIT
            ```

            ```quiz order
            Put POP3's phases in order.
            1. Authorization
            2. Transaction
            3. Update
            ```

            ```check
            You have connected yourself: exists(number > step && phase == 'Transaction')
            ```
            """;

    private final Labs labs = Mailscope.get().labs();
    private Path file;
    private LabView view;

    /** Writes it into that folder, and opens the view; nobody works at it yet. */
    LabView open(Path folder) throws IOException {
        Robot.openPerspective();
        file = Files.writeString(folder.resolve("two.lab.md"), TEXT);
        view = Robot.view(Mailscope.LAB_VIEW, LabView.class);
        return view;
    }

    /** Where it is. */
    Path file() {
        return file;
    }

    /** Begins it, or goes on. */
    void begin() {
        Robot.ui(() -> labs.open(file));
        Robot.until("the lab is open", () -> !labs.isBusy() && (view.step() != null || !labs.problem().isEmpty()));
        assertEquals("", labs.problem());
    }

    /** Leaves the lab and the view. */
    void close() {
        Robot.ui(() -> {
            labs.leaveLab();
            Robot.page().hideView(view);
        });
        Robot.until("no lab is open", () -> labs.run().isEmpty() && !labs.isBusy()
                && Mailscope.get().server().guest().isEmpty());
    }
}
