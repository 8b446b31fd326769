package dev.mailscope.ui.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.ui.Banner;
import dev.mailscope.ui.ViewFont;

/** Where a question is answered, by the kind of answer that is asked for. */
abstract class AnswerField extends Composite {
    private Runnable entered = () -> { };

    private AnswerField(Composite parent) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(this);
    }

    /** The field for an answer to a question on that line. */
    static AnswerField of(Composite parent, Block.Answer answer, int line) {
        return switch (answer) {
            case Block.Choice(var choices, var right, var several) -> new Choices(parent, choices, several);
            case Block.FreeText text -> new Line(parent, Messages.answer_text);
            case Block.WholeNumber number -> new Line(parent, Messages.answer_number);
            case Block.Order(var right) -> new Order(parent, mixed(right, line));
        };
    }

    /** The field for a prediction. */
    static AnswerField of(Composite parent, Block.Outcome outcome) {
        return switch (outcome) {
            case Block.OneOf(var choices, var conditions) -> new Choices(parent, choices, false);
            case Block.Amount amount -> new Line(parent, Messages.answer_number);
        };
    }

    /** What is answered. */
    abstract Reply reply();

    /** Shows that answer, which can no longer be changed. */
    abstract void fix(Reply reply);

    /** Lets it be filled in, or not. */
    abstract void setOpen(boolean open);

    /** Runs that on Enter. */
    final void onEnter(Runnable action) {
        entered = action;
    }

    final void enter(Event event) {
        event.doit = false;
        entered.run();
    }

    /** In an order that is not the right one, and the same each time. */
    static List<String> mixed(List<String> right, int line) {
        var items = new ArrayList<>(right);
        var random = new Random(line);
        while (items.equals(right)) {
            Collections.shuffle(items, random);
        }
        return List.copyOf(items);
    }

    private static final class Choices extends AnswerField {
        private final List<Button> buttons;

        Choices(Composite parent, List<String> choices, boolean several) {
            super(parent);
            buttons = choices.stream().map(choice -> {
                var button = new Button(this, (several ? SWT.CHECK : SWT.RADIO) | SWT.WRAP);
                button.setText(Markdown.of(choice, file -> false).text().replace("&", "&&"));
                button.setData(Banner.KEEP_COLOURS, Boolean.TRUE);
                GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).applyTo(button);
                ViewFont.apply(button, ViewFont.TABLES);
                return button;
            }).toList();
            if (!several) {
                // Nothing is chosen before somebody chooses; the first radio button takes the focus, and only that.
                buttons.forEach(button -> button.setSelection(false));
            }
        }

        @Override
        Reply reply() {
            return new Reply.Chosen(IntStream.range(0, buttons.size()).filter(i -> buttons.get(i).getSelection())
                    .boxed().collect(Collectors.toSet()));
        }

        @Override
        void fix(Reply reply) {
            var chosen = reply instanceof Reply.Chosen(var choices) ? choices : Set.<Integer>of();
            for (var i = 0; i < buttons.size(); i++) {
                buttons.get(i).setSelection(chosen.contains(i));
            }
            setOpen(false);
        }

        @Override
        void setOpen(boolean open) {
            buttons.forEach(button -> button.setEnabled(open));
        }
    }

    private static final class Line extends AnswerField {
        private final Text text;

        Line(Composite parent, String hint) {
            super(parent);
            text = new Text(this, SWT.SINGLE | SWT.BORDER);
            text.setMessage(hint);
            GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).applyTo(text);
            ViewFont.apply(text, ViewFont.TABLES);
            text.addListener(SWT.DefaultSelection, this::enter);
        }

        @Override
        Reply reply() {
            return new Reply.Written(text.getText());
        }

        @Override
        void fix(Reply reply) {
            text.setText(reply instanceof Reply.Written(var written) ? written : "");
            text.setEditable(false);
        }

        @Override
        void setOpen(boolean open) {
            text.setEnabled(open);
        }
    }

    /** A list in which the chosen item goes up and down, with buttons and with Alt and an arrow key. */
    private static final class Order extends AnswerField {
        private final org.eclipse.swt.widgets.List list;
        private final Button up;
        private final Button down;

        Order(Composite parent, List<String> items) {
            super(parent);
            GridLayoutFactory.fillDefaults().numColumns(2).applyTo(this);
            list = new org.eclipse.swt.widgets.List(this, SWT.SINGLE | SWT.BORDER | SWT.H_SCROLL);
            list.setItems(items.toArray(String[]::new));
            list.select(0);
            list.setToolTipText(Messages.answer_orderHint);
            GridDataFactory.fillDefaults().grab(true, false).span(1, 2).hint(80, SWT.DEFAULT).applyTo(list);
            ViewFont.apply(list, ViewFont.TABLES);
            up = button(Messages.answer_up, -1);
            down = button(Messages.answer_down, 1);
            list.addListener(SWT.KeyDown, event -> {
                if ((event.stateMask & SWT.MOD3) != 0
                        && (event.keyCode == SWT.ARROW_UP || event.keyCode == SWT.ARROW_DOWN)) {
                    event.doit = false;
                    move(event.keyCode == SWT.ARROW_UP ? -1 : 1);
                }
            });
            list.addListener(SWT.Selection, event -> enable());
            enable();
        }

        private Button button(String label, int by) {
            var button = new Button(this, SWT.PUSH);
            button.setText(label);
            GridDataFactory.fillDefaults().align(SWT.FILL, SWT.BEGINNING).applyTo(button);
            ViewFont.apply(button, ViewFont.TABLES);
            button.addListener(SWT.Selection, event -> move(by));
            return button;
        }

        private void move(int by) {
            var from = list.getSelectionIndex();
            var to = from + by;
            if (from >= 0 && to >= 0 && to < list.getItemCount() && list.isEnabled()) {
                var moved = list.getItem(from);
                list.setItem(from, list.getItem(to));
                list.setItem(to, moved);
                list.setSelection(to);
                enable();
            }
        }

        private void enable() {
            var at = list.getSelectionIndex();
            up.setEnabled(list.isEnabled() && at > 0);
            down.setEnabled(list.isEnabled() && at >= 0 && at < list.getItemCount() - 1);
        }

        @Override
        Reply reply() {
            return new Reply.Ordered(List.of(list.getItems()));
        }

        @Override
        void fix(Reply reply) {
            if (reply instanceof Reply.Ordered(var items)) {
                list.setItems(items.toArray(String[]::new));
            }
            setOpen(false);
        }

        @Override
        void setOpen(boolean open) {
            list.setEnabled(open);
            enable();
        }
    }

    /** An answer in words, each on a line of its own where there are several. */
    static String words(Block.Answer answer) {
        return switch (answer) {
            case Block.Choice(var choices, var right, var several) -> IntStream.range(0, choices.size())
                    .filter(right::contains).mapToObj(i -> Markdown.of(choices.get(i), file -> false).text())
                    .collect(Collectors.joining(" \u00B7 "));
            case Block.FreeText(var right) -> right.getFirst();
            case Block.WholeNumber(var right) -> Long.toString(right);
            case Block.Order(var right) -> IntStream.range(0, right.size()).mapToObj(i -> i + 1 + ". " + right.get(i))
                    .collect(Collectors.joining(" \u00B7 "));
        };
    }

    /** Puts the keyboard into it. */
    @Override
    public boolean setFocus() {
        for (Control child : getChildren()) {
            if (child.isEnabled() && child.setFocus()) {
                return true;
            }
        }
        return false;
    }
}
