package dev.mailscope.lab.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.pack.Step;
import dev.mailscope.lab.run.Finding;
import dev.mailscope.lab.run.Happened;
import dev.mailscope.lab.run.Progress;
import dev.mailscope.lab.run.ProgressCodec;
import dev.mailscope.lab.run.StepState;
import dev.mailscope.lab.run.Watch;
import dev.mailscope.server.trace.Recording;

/**
 * Grades results: every check, answer and prediction is looked at again, in the recordings that the result brings.
 * Nothing in a result is run.
 */
public final class Grader {
    // Whoever wants to keep a teacher waiting writes a thousand slow checks.
    private static final long MOST_NANOS = 60_000_000_000L;

    private final String wanted;

    private Grader(String wanted) {
        this.wanted = wanted;
    }

    /** By the lab each result brings itself. */
    public static Grader byItself() {
        return new Grader(null);
    }

    /** By that lab: a result of another one, or of one that was changed, is said to be so. */
    public static Grader by(Lab lab) {
        return new Grader(lab.source());
    }

    /** What a result is worth. What cannot be graded says so in its remarks. */
    public Grade grade(Path file) {
        try (var unpacked = Unpacked.of(file)) {
            return new Work(file, unpacked).grade();
        } catch (IOException e) {
            return Grade.unreadable(file, e.getMessage());
        }
    }

    private final class Work {
        private final Path file;
        private final Unpacked result;
        private final List<String> remarks = new ArrayList<>();
        private final Map<Integer, Recording> recordings = new HashMap<>();
        private final long deadline = System.nanoTime() + MOST_NANOS;

        Work(Path file, Unpacked result) {
            this.file = file;
            this.result = result;
        }

        Grade grade() throws IOException {
            var source = result.text(ResultFile.LAB);
            var lab = lab(source);
            var json = json();
            try {
                if (json.get("format").getAsInt() != ResultFile.FORMAT) {
                    throw new IOException("it comes from another version of Mailscope");
                }
                var name = json.get("name").getAsString();
                var claimed = json.get("points").getAsInt();
                var progress = ProgressCodec.read(json.getAsJsonObject("progress"));
                if (progress.steps().size() != lab.steps().size()) {
                    throw new IOException("it has " + progress.steps().size() + " steps, and the lab has "
                            + lab.steps().size());
                }
                checkChain(source, json, name, progress);
                var points = again(lab, progress);
                if (points != claimed) {
                    remarks.add("it claims " + claimed + " points, and has " + points);
                }
                return new Grade(file, name, lab.title(), points, lab.points(), claimed,
                        progress.steps().stream().mapToInt(StepState::hints).sum(),
                        progress.steps().stream().mapToInt(step -> Math.max(0, step.tries() - 1)).sum(), remarks);
            } catch (IllegalStateException | IllegalArgumentException | NullPointerException | ClassCastException
                    | UnsupportedOperationException e) {
                throw new IOException("it is damaged: " + ResultFile.RESULT + " does not say what a result says", e);
            } finally {
                recordings.values().forEach(Recording::close);
            }
        }

        private Lab lab(String source) throws IOException {
            if (wanted != null && !wanted.equals(source)) {
                remarks.add("its lab is another one, or was changed; it is graded by the right one");
            }
            var parsed = LabParser.parseText(wanted == null ? source : wanted);
            if (parsed.lab() == null) {
                throw new IOException("its lab cannot be read: " + parsed.problems().getFirst());
            }
            return parsed.lab();
        }

        private JsonObject json() throws IOException {
            try {
                return JsonParser.parseString(result.text(ResultFile.RESULT)).getAsJsonObject();
            } catch (JsonParseException | IllegalStateException e) {
                throw new IOException("it is damaged: " + ResultFile.RESULT + " is no JSON", e);
            }
        }

        private void checkChain(String source, JsonObject json, String name, Progress progress) throws IOException {
            var chain = new Chain();
            chain.add(ResultFile.LAB, source);
            var parts = new TreeSet<Integer>();
            progress.steps().stream().filter(step -> step.part() > 0).forEach(step -> parts.add(step.part()));
            for (var number : parts) {
                var part = result.file(ResultFile.part(number));
                if (!Files.exists(part)) {
                    throw new IOException("a recording is missing: " + ResultFile.part(number));
                }
                chain.add(ResultFile.part(number), part);
            }
            ResultFile.chain(chain, name, json.get("points"), json.getAsJsonObject("progress"));
            var difference = chain.difference(ResultFile.links(json.getAsJsonArray("chain")));
            if (!difference.isEmpty()) {
                remarks.add(difference);
            }
        }

        private int again(Lab lab, Progress progress) throws IOException {
            var points = 0;
            for (var i = 0; i < lab.steps().size(); i++) {
                var step = lab.steps().get(i);
                var claimed = progress.steps().get(i);
                var where = "step " + (i + 1) + " (" + step.title() + "): ";
                points += again(step, claimed, where).points(step);
            }
            return points;
        }

        private StepState again(Step step, StepState claimed, String where) throws IOException {
            if (claimed.stage() != StepState.Stage.ENDED && claimed.stage() != StepState.Stage.WORKING) {
                return new StepState(claimed.stage(), 0, 0, 0, List.of(), List.of(), claimed.replies(), 0, 0);
            }
            var recording = recording(claimed.part());
            if (claimed.before() < recording.first() - 1 || claimed.last() < claimed.before()
                    || claimed.last() > recording.last()) {
                remarks.add(where + "its recording has no events " + claimed.before() + " to " + claimed.last());
                return new StepState(claimed.stage(), 0, 0, 0, List.of(), List.of(), claimed.replies(), 0, 0);
            }
            var watch = new Watch(step, recording, claimed.before(), () -> System.nanoTime() > deadline);
            var findings = watch.upTo(claimed.last());
            var happened = claimed.stage() == StepState.Stage.ENDED ? watch.predictions(claimed, claimed.last())
                    : List.<Happened>of();
            var found = new StepState(claimed.stage(), claimed.part(), claimed.before(), claimed.last(), findings,
                    happened, claimed.replies(), claimed.hints(), claimed.tries());
            compare(step, claimed, found, where);
            return found;
        }

        private void compare(Step step, StepState claimed, StepState found, String where) {
            var checks = step.blocks(Block.Check.class);
            for (var i = 0; i < checks.size(); i++) {
                var said = i < claimed.findings().size() ? claimed.findings().get(i) : Finding.NOT_YET;
                var now = found.findings().get(i);
                if (!now.problem().isEmpty()) {
                    remarks.add(where + "\"" + checks.get(i).says() + "\" cannot be told: " + now.problem());
                } else if (said.holds() != now.holds()) {
                    remarks.add(where + "\"" + checks.get(i).says() + "\" " + (now.holds()
                            ? "holds, though that is not claimed" : "does not hold in the recording"));
                } else if (said.event() != now.event()) {
                    remarks.add(where + "\"" + checks.get(i).says() + "\" is proved by event " + now.event()
                            + ", and not by event " + said.event());
                }
            }
            var predictions = step.blocks(Block.Prediction.class);
            for (var i = 0; i < found.happened().size(); i++) {
                var said = i < claimed.happened().size() && claimed.happened().get(i).right();
                if (said != found.happened().get(i).right()) {
                    remarks.add(where + "\"" + predictions.get(i).asks() + "\" was predicted "
                            + (said ? "wrongly" : "rightly") + ", by the recording");
                }
            }
        }

        private Recording recording(int part) throws IOException {
            var known = recordings.get(part);
            if (known == null) {
                try {
                    known = Recording.open(result.file(ResultFile.part(part)));
                } catch (IOException | RuntimeException e) {
                    throw new IOException(ResultFile.part(part) + " is no recording, or it is damaged", e);
                }
                recordings.put(part, known);
                var reason = known.status().reason();
                if (!reason.isEmpty()) {
                    remarks.add(ResultFile.part(part) + ": " + reason);
                }
            }
            return known;
        }
    }
}
