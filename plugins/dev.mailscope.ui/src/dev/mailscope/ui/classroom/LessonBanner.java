package dev.mailscope.ui.classroom;

import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.ui.Banner;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.TraceFeed;

/** Says that the server is open to the network as long as it is, and closes it. */
public final class LessonBanner extends Banner {
    /** The same sentence, for others that say it. */
    static String sentence(Lesson lesson) {
        return lesson.opened().map(opened -> Counted.text(Messages.banner_open,
                opened.handOut().hosts().stream().collect(Collectors.joining(", ")),
                opened.server().endpoints().stream().map(e -> e.protocol().toUpperCase(Locale.ROOT) + "\u00A0"
                        + Integer.toString(e.address().getPort())).collect(Collectors.joining(" \u00B7 ")),
                connected(opened.server().trace().live()), opened.classroom().students().size())).orElse("");
    }

    /** A banner of that class's server. */
    public LessonBanner(Composite parent) {
        super(parent, Messages.banner_close, () -> CloseHandler.ask(parent.getShell()));
        var lesson = Mailscope.get().lesson();
        Runnable listener = () -> say(sentence(lesson));
        TraceFeed.Listener feed = batch -> listener.run();
        lesson.addListener(listener);
        Mailscope.get().feed().addListener(feed);
        addListener(SWT.Dispose, event -> {
            lesson.removeListener(listener);
            Mailscope.get().feed().removeListener(feed);
        });
        listener.run();
    }

    /** How many students have a session open. */
    static int connected(Moment moment) {
        return (int) moment.sessions().values().stream().map(SessionState::user).filter(user -> !user.isEmpty())
                .distinct().count();
    }
}
