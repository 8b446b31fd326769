package dev.mailscope.lab.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** How far a lab is, as JSON. */
public final class ProgressCodec {
    private ProgressCodec() {
    }

    /** As JSON. */
    public static JsonObject json(Progress progress) {
        var json = new JsonObject();
        json.addProperty("current", progress.current());
        var steps = new JsonArray();
        progress.steps().forEach(step -> steps.add(json(step)));
        json.add("steps", steps);
        return json;
    }

    /** A step as JSON. */
    public static JsonObject json(StepState step) {
        var json = new JsonObject();
        json.addProperty("stage", step.stage().name());
        json.addProperty("part", step.part());
        json.addProperty("before", step.before());
        json.addProperty("last", step.last());
        json.addProperty("hints", step.hints());
        json.addProperty("tries", step.tries());
        var findings = new JsonArray();
        for (var finding : step.findings()) {
            var each = new JsonObject();
            each.addProperty("holds", finding.holds());
            each.addProperty("event", finding.event());
            each.addProperty("problem", finding.problem());
            findings.add(each);
        }
        json.add("findings", findings);
        var happened = new JsonArray();
        for (var what : step.happened()) {
            var each = new JsonObject();
            each.addProperty("right", what.right());
            var outcomes = new JsonArray();
            what.outcomes().forEach(outcomes::add);
            each.add("outcomes", outcomes);
            what.number().ifPresent(number -> each.addProperty("number", number));
            each.addProperty("problem", what.problem());
            happened.add(each);
        }
        json.add("happened", happened);
        var replies = new JsonObject();
        step.replies().forEach((line, reply) -> replies.add(line.toString(), json(reply)));
        json.add("replies", replies);
        return json;
    }

    /** Of JSON. IOException when it is not what {@link #json(Progress)} has made. */
    public static Progress read(JsonObject json) throws IOException {
        try {
            var steps = new ArrayList<StepState>();
            for (var step : json.getAsJsonArray("steps")) {
                steps.add(step(step.getAsJsonObject()));
            }
            var current = json.get("current").getAsInt();
            if (current < 0 || current > steps.size()) {
                throw new IOException("there is no step " + (current + 1));
            }
            return new Progress(current, steps);
        } catch (IllegalStateException | IllegalArgumentException | NullPointerException | ClassCastException
                | UnsupportedOperationException e) {
            throw new IOException("it is damaged: it does not say how far the lab is", e);
        }
    }

    private static StepState step(JsonObject json) {
        var findings = new ArrayList<Finding>();
        for (var element : json.getAsJsonArray("findings")) {
            var each = element.getAsJsonObject();
            findings.add(new Finding(each.get("holds").getAsBoolean(), each.get("event").getAsLong(),
                    each.get("problem").getAsString()));
        }
        var happened = new ArrayList<Happened>();
        for (var element : json.getAsJsonArray("happened")) {
            var each = element.getAsJsonObject();
            happened.add(new Happened(each.get("right").getAsBoolean(), numbers(each.getAsJsonArray("outcomes")),
                    each.has("number") ? OptionalLong.of(each.get("number").getAsLong()) : OptionalLong.empty(),
                    each.get("problem").getAsString()));
        }
        var replies = new TreeMap<Integer, Reply>();
        for (var each : json.getAsJsonObject("replies").entrySet()) {
            replies.put(Integer.valueOf(each.getKey()), reply(each.getValue().getAsJsonObject()));
        }
        return new StepState(StepState.Stage.valueOf(json.get("stage").getAsString()), json.get("part").getAsInt(),
                json.get("before").getAsLong(), json.get("last").getAsLong(), findings, happened, replies,
                json.get("hints").getAsInt(), json.get("tries").getAsInt());
    }

    private static JsonObject json(Reply reply) {
        var json = new JsonObject();
        switch (reply) {
            case Reply.Chosen(var choices) -> {
                var array = new JsonArray();
                choices.stream().sorted().forEach(array::add);
                json.add("chosen", array);
            }
            case Reply.Written(var text) -> json.addProperty("written", text);
            case Reply.Ordered(var items) -> {
                var array = new JsonArray();
                items.forEach(array::add);
                json.add("ordered", array);
            }
        }
        return json;
    }

    private static Reply reply(JsonObject json) {
        if (json.has("chosen")) {
            return new Reply.Chosen(new HashSet<>(numbers(json.getAsJsonArray("chosen"))));
        }
        if (json.has("ordered")) {
            var items = new ArrayList<String>();
            json.getAsJsonArray("ordered").forEach(item -> items.add(item.getAsString()));
            return new Reply.Ordered(items);
        }
        return new Reply.Written(json.get("written").getAsString());
    }

    private static List<Integer> numbers(JsonArray array) {
        var numbers = new ArrayList<Integer>();
        array.forEach(each -> numbers.add(each.getAsInt()));
        return numbers;
    }
}
