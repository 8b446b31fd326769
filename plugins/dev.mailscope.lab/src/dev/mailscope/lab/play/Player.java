package dev.mailscope.lab.play;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.run.Happened;
import dev.mailscope.lab.run.LabRun;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.lab.run.StepState;
import dev.mailscope.server.expression.Expression;

/** Plays a solution of a lab, without anybody there, on a server of its own. */
public final class Player {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 5;

    private final LabRun run;
    private final Duration patience;
    private final Map<String, Console> consoles = new HashMap<>();

    private Player(LabRun run, Duration patience) {
        this.run = run;
        this.patience = patience;
    }

    /**
     * What came of it.
     *
     * @param points   how many points were reached
     * @param most     how many can be
     * @param problems what has failed: checks that do not hold, replies that are wrong, steps that were not reached
     */
    public record Played(int points, int most, List<String> problems) {
        /** Keeps its own copy. */
        public Played {
            problems = List.copyOf(problems);
        }

        /** True when all points were reached. */
        public boolean isFull() {
            return points == most && problems.isEmpty();
        }
    }

    /**
     * Plays it; the work is kept in that folder. IOException, with the solution's line, when it cannot go on.
     */
    public static Played play(Lab lab, Solution solution, Path folder) throws IOException {
        try (var run = LabRun.begin(lab, folder)) {
            return play(run, solution);
        }
    }

    /** Plays it in a lab that has just begun, and leaves that open. */
    public static Played play(LabRun run, Solution solution) throws IOException {
        return play(run, solution, PATIENCE);
    }

    /** The same; so long is waited for what is to come. */
    static Played play(LabRun run, Solution solution, Duration patience) throws IOException {
        var player = new Player(run, patience);
        try {
            for (var line : solution.lines()) {
                player.play(line);
            }
            player.endStep();
        } finally {
            for (var console : player.consoles.values()) {
                console.close();
            }
        }
        return played(run);
    }

    private void play(Line line) throws IOException {
        try {
            switch (line) {
                case Line.Step l -> {
                    if (endStep()) {
                        throw new IllegalStateException("the lab has no further step");
                    }
                    run.begin();
                }
                case Line.Predict l -> {
                    endStep();
                    run.predict(next(Block.Prediction.class), l.reply());
                }
                case Line.Answer l -> run.answer(next(Block.Question.class), l.reply());
                case Line.InOrder l -> inOrder(l);
                case Line.Hint l -> run.hint().orElseThrow(() -> new IllegalStateException("there is no hint"));
                case Line.Synchronise l -> device(l.device()).synchronise();
                case Line.Network l -> device(l.device()).setOnline(l.online());
                case Line.Perform l -> device(l.device()).perform(l.action());
                case Line.Open l -> open(l);
                case Line.Send l -> consoles.get(l.session()).send(l.text());
                case Line.Expect l -> expect(l);
                case Line.Cut l -> cut(l.session());
                case Line.Await l -> await(l.condition());
            }
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new IOException("Line " + line.line() + " of the solution: " + e.getMessage(), e);
        }
    }

    /** Ends the step that is worked at; true when no other one follows. */
    private boolean endStep() throws IOException {
        if (!run.progress().isFinished() && run.progress().now().stage() == StepState.Stage.WORKING) {
            run.end();
        }
        return run.progress().isFinished();
    }

    private <B extends Block> B next(Class<B> kind) {
        var step = run.step().orElseThrow(() -> new IllegalStateException("the lab has no further step"));
        return step.blocks(kind).stream().filter(block -> run.progress().now().reply(block) == null).findFirst()
                .orElseThrow(() -> new IllegalStateException("the step \"" + step.title() + "\" asks nothing more"));
    }

    private void inOrder(Line.InOrder line) throws IOException {
        var question = next(Block.Question.class);
        if (!(question.answer() instanceof Block.Order(var right))) {
            throw new IllegalArgumentException("the question asks for no order");
        }
        var items = new ArrayList<String>();
        for (var place : line.places()) {
            if (place < 1 || place > right.size()) {
                throw new IllegalArgumentException("there is no " + place + " to be put in order");
            }
            items.add(right.get(place - 1));
        }
        run.answer(question, new Reply.Ordered(items));
    }

    private Device device(String name) {
        return run.device(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no device " + name));
    }

    private void open(Line.Open line) throws IOException {
        var before = consoles.put(line.session(),
                new Console(line.protocol(), run.server().address(line.protocol()), patience));
        if (before != null) {
            before.close();
        }
    }

    private void cut(String session) throws IOException {
        consoles.get(session).close();
    }

    private void expect(Line.Expect line) throws IOException {
        var console = consoles.get(line.session());
        try {
            console.await(line.text());
        } catch (IOException e) {
            throw new IOException("the server has not said \"" + line.text() + "\", but: " + console.said().strip()
                    + " (" + e.getMessage() + ")", e);
        }
    }

    private void await(String condition) throws IOException {
        if (!(Expression.parse(condition) instanceof Expression.Right(var expression))) {
            throw new IllegalStateException(condition);
        }
        var trace = run.server().trace();
        var evaluation = expression.on(trace);
        var until = System.nanoTime() + patience.toNanos();
        var holds = false;
        while (!holds) {
            holds = evaluation.test(trace.event(trace.last()));
            if (!holds && System.nanoTime() > until) {
                throw new IOException("this has not come true within " + patience.toMillis() + " milliseconds: "
                        + condition);
            }
            if (!holds) {
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Played played(LabRun run) {
        var problems = new ArrayList<String>();
        var progress = run.progress();
        for (var i = 0; i < progress.steps().size(); i++) {
            var step = run.lab().steps().get(i);
            var state = progress.steps().get(i);
            var where = "Step " + (i + 1) + " (" + step.title() + "): ";
            if (state.stage() != StepState.Stage.ENDED) {
                problems.add(where + "it was not reached");
                continue;
            }
            var checks = step.blocks(Block.Check.class);
            for (var c = 0; c < checks.size(); c++) {
                var finding = state.findings().get(c);
                if (!finding.holds()) {
                    problems.add(where + "line " + checks.get(c).line() + ", this check does not hold: "
                            + checks.get(c).says()
                            + (finding.problem().isEmpty() ? "" : " (" + finding.problem() + ")"));
                }
            }
            var predictions = step.blocks(Block.Prediction.class);
            for (var p = 0; p < predictions.size(); p++) {
                var happened = state.happened().get(p);
                if (!happened.right()) {
                    problems.add(where + "line " + predictions.get(p).line() + ", this was predicted wrongly: "
                            + predictions.get(p).asks() + outcome(predictions.get(p), happened));
                }
            }
            for (var question : step.blocks(Block.Question.class)) {
                var reply = state.reply(question);
                if (reply == null || !reply.isRight(question.answer())) {
                    problems.add(where + "line " + question.line() + ", this was "
                            + (reply == null ? "not answered: " : "answered wrongly: ") + question.asks());
                }
            }
        }
        return new Played(progress.points(run.lab()), run.lab().points(), problems);
    }

    private static String outcome(Block.Prediction asked, Happened happened) {
        return switch (asked.outcome()) {
            case Block.OneOf(var choices, var conditions) -> " (there was: "
                    + (happened.outcomes().isEmpty() ? "nothing"
                            : String.join(", ", happened.outcomes().stream().map(choices::get).toList())) + ")";
            case Block.Amount amount -> " (" + (happened.number().isPresent()
                    ? "it was " + happened.number().getAsLong() : happened.problem()) + ")";
        };
    }
}
