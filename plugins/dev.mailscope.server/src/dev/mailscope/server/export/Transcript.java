package dev.mailscope.server.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.ServerState;

/** The format of this project's own tests: what the server held stands first, and then what is told of the sessions. */
final class Transcript implements Exporter {
    @Override
    public void write(Reading events, OutputStream out) throws IOException {
        var lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        var values = new VaryingValues();
        new Telling(events, new Writing(lines, values), values).run();
        lines.flush();
    }

    private static final class Writing implements Telling.Teller {
        private final Writer out;
        private final VaryingValues values;
        private TranscriptSetup setup;
        private TranscriptLines lines;

        Writing(Writer out, VaryingValues values) {
            this.out = out;
            this.values = values;
        }

        @Override
        public void begin(Selection selection, TranscriptSurvey survey, ServerState start) throws IOException {
            setup = new TranscriptSetup(survey, this::line);
            lines = new TranscriptLines(survey, values, this::line);
            note("events " + selection.first() + " to " + selection.last());
            setup.state(start);
        }

        @Override
        public void turn(TranscriptTurn.OfSession turn) throws IOException {
            lines.turn(turn);
        }

        @Override
        public void outside(List<Change> changes) throws IOException {
            for (var change : changes) {
                setup.change(change, changes);
            }
        }

        @Override
        public void note(String words) throws IOException {
            line("# " + words);
        }

        private void line(String text) throws IOException {
            out.write(text);
            out.write('\n');
        }
    }
}
