package dev.mailscope.ui.lab;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.RowData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Problem;
import dev.mailscope.lab.run.Finding;
import dev.mailscope.lab.run.LabRun;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.lab.run.StepState.Stage;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.ViewFont;

/**
 * The student's pane: the steps of the lab that is open, what is to be done in one, what is asked, and what is checked,
 * live. While a lab is open here, all views show its server.
 */
public final class LabView extends ViewPart {
    private final Labs labs = Mailscope.get().labs();
    private final Runnable listener = this::show;
    private Composite stack;
    private EmptyLab empty;
    private Composite content;
    private Label title;
    private Label line;
    private Label problem;
    private ScrolledComposite scrolled;
    private Composite page;
    private StepTable steps;
    private StepPage step;
    private FinishedPage finished;
    private Button hint;
    private Button retry;
    private Button begin;
    private Button next;
    private Button export;
    private Composite buttons;
    private Action close;
    private Action anew;
    // The step that is looked at; -1 for the current one.
    private int looked = -1;
    private LabRun shown;

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        stack = new Composite(parent, SWT.NONE);
        stack.setLayout(new StackLayout());
        empty = new EmptyLab(stack, labs);
        content = new Composite(stack, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).margins(6, 4).applyTo(content);
        title = new Label(content, SWT.WRAP);
        AskedPart.wide(title);
        ViewFont.apply(title, ViewFont.TABLES,
                font -> title.setFont(JFaceResources.getFontRegistry().getBold(ViewFont.TABLES)));
        line = new Label(content, SWT.WRAP);
        AskedPart.wide(line);
        ViewFont.apply(line, ViewFont.TABLES);
        problem = new Label(content, SWT.WRAP);
        AskedPart.wide(problem);
        ViewFont.apply(problem, ViewFont.TABLES);
        createPage();
        createButtons();
        createActions();
        getSite().<IContextService>getService(IContextService.class).activateContext(Mailscope.CONTEXT);
        labs.addListener(listener);
        Mailscope.get().server().open();
        labs.restore();
        show();
    }

    private void createPage() {
        scrolled = new ScrolledComposite(content, SWT.V_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        scrolled.setShowFocusedControl(true);
        scrolled.getVerticalBar().setIncrement(24);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(scrolled);
        page = new Composite(scrolled, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(2, 4).spacing(0, 8).applyTo(page);
        steps = new StepTable(page, this::look);
        scrolled.setContent(page);
        scrolled.addListener(SWT.Resize, event -> fit());
        ViewFont.apply(page, ViewFont.TABLES, font -> stack.getDisplay().asyncExec(this::fit));
    }

    private void createButtons() {
        buttons = new Composite(content, SWT.NONE);
        AskedPart.wide(buttons);
        var layout = new RowLayout(SWT.HORIZONTAL);
        layout.marginLeft = 0;
        layout.marginRight = 0;
        buttons.setLayout(layout);
        next = button(Messages.view_next, this::next);
        export = button(Messages.view_export, this::export);
        begin = button(Messages.view_begin, () -> labs.perform(Messages.job_begin, LabRun::begin));
        hint = button(Messages.view_hint, () -> labs.perform(Messages.job_hint, LabRun::hint));
        retry = button(Messages.view_retry, this::retry);
    }

    private Button button(String text, Runnable action) {
        var button = new Button(buttons, SWT.PUSH);
        button.setText(text);
        button.setLayoutData(new RowData());
        ViewFont.apply(button, ViewFont.TABLES, font -> {
            button.setFont(font);
            content.layout(true, true);
        });
        button.addListener(SWT.Selection, event -> action.run());
        return button;
    }

    private void createActions() {
        close = new Action(Messages.view_close) {
            @Override
            public void run() {
                labs.leaveLab();
            }
        };
        anew = new Action(Messages.view_anew) {
            @Override
            public void run() {
                beginAnew();
            }
        };
        var menu = getViewSite().getActionBars().getMenuManager();
        menu.add(anew);
        menu.add(close);
    }

    @Override
    public void setFocus() {
        if (step != null) {
            step.texts().getFirst().control().setFocus();
        } else if (finished != null) {
            finished.setFocus();
        } else {
            empty.setFocus();
        }
    }

    @Override
    public void dispose() {
        labs.removeListener(listener);
        super.dispose();
    }

    /** Shows that step; a step that has not been opened is not shown. */
    void look(int index) {
        looked = index == shown.progress().current() ? -1 : index;
        show();
    }

    /** The page of the step that is shown; null while none is. */
    StepPage step() {
        return step;
    }

    private void show() {
        if (stack.isDisposed()) {
            return;
        }
        var run = labs.run().orElse(null);
        close.setEnabled(labs.file().isPresent());
        anew.setEnabled(run != null);
        empty.show();
        var before = shownPage();
        if (run != shown) {
            shown = run;
            looked = -1;
            clear();
        }
        ((StackLayout) stack.getLayout()).topControl = run == null ? empty.control() : content;
        if (run != null) {
            show(run);
        }
        stack.layout();
        if (before != shownPage()) {
            // What had the keyboard is gone with its page; the new one can have it once it is on the screen.
            stack.getDisplay().asyncExec(() -> {
                if (!stack.isDisposed() && getSite().getPage().getActivePart() == this) {
                    setFocus();
                }
            });
        }
    }

    private Composite shownPage() {
        return step != null ? step : finished;
    }

    private void clear() {
        if (step != null) {
            step.dispose();
            step = null;
        }
        if (finished != null) {
            finished.dispose();
            finished = null;
        }
    }

    private void show(LabRun run) {
        var progress = run.progress();
        var count = progress.steps().size();
        if (looked >= count || looked >= 0 && progress.steps().get(looked).stage() == Stage.COMING) {
            looked = -1;
        }
        var index = looked >= 0 ? looked : progress.current();
        title.setText(run.lab().title().replace("&", "&&"));
        line.setText(progress.isFinished()
                ? Counted.text(Messages.view_finished, progress.points(run.lab()), run.lab().points())
                : Counted.text(Messages.view_line, progress.current() + 1, count, progress.points(run.lab()),
                        run.lab().points()));
        problem.setText(labs.problem().replace("&", "&&"));
        AskedPart.visible(problem, !labs.problem().isEmpty());
        steps.show(run.lab(), progress, index);
        showPage(run, index);
        showButtons(run, index);
        content.layout(true, true);
        fit();
    }

    private void showPage(LabRun run, int index) {
        if (index == run.progress().steps().size()) {
            if (finished == null) {
                clear();
                finished = new FinishedPage(page, run);
            }
            finished.show();
            return;
        }
        if (step == null || step.index() != index) {
            clear();
            step = new StepPage(page, run, index, this::answer);
            step.texts().forEach(text -> {
                text.control().addListener(SWT.KeyDown, this::scroll);
                text.control().addListener(SWT.MouseVerticalWheel, this::scroll);
            });
            scrolled.setOrigin(0, 0);
        }
        step.show(labs.isBusy());
    }

    private void showButtons(LabRun run, int index) {
        var progress = run.progress();
        var current = !progress.isFinished() && index == progress.current();
        var stage = current ? progress.now().stage() : Stage.ENDED;
        var all = current ? run.lab().steps().get(index).blocks(Block.Hint.class).size() : 0;
        var given = current ? progress.now().hints() : 0;
        hint.setText(all > 1 ? NLS.bind(Messages.view_hintOf, given + 1, all) : Messages.view_hint);
        visible(hint, current && given < all);
        visible(begin, current && stage == Stage.OPEN && !labs.isBusy() && !labs.problem().isEmpty()
                && progress.now().isPredicted(run.lab().steps().get(index)));
        visible(retry, index < progress.steps().size());
        retry.setText(current ? Messages.view_retry : Messages.view_retryFrom);
        var last = index == progress.steps().size() - 1;
        next.setText(!current ? Messages.view_goOn : last ? Messages.view_finish : Messages.view_next);
        visible(next, index < progress.steps().size());
        next.setEnabled(!current || stage == Stage.WORKING && !labs.isBusy());
        retry.setEnabled(!labs.isBusy());
        visible(export, progress.isFinished());
        export.setEnabled(!labs.isBusy());
    }

    private static void visible(Button button, boolean on) {
        button.setVisible(on);
        ((RowData) button.getLayoutData()).exclude = !on;
    }

    private void fit() {
        if (page.isDisposed()) {
            return;
        }
        steps.fit();
        page.layout(true, true);
        var width = Math.max(1, scrolled.getClientArea().width);
        scrolled.setMinSize(0, page.computeSize(width, SWT.DEFAULT).y);
    }

    /** A text has no scroll bar of its own: its keys and the wheel scroll the whole page. */
    private void scroll(Event event) {
        var height = scrolled.getClientArea().height;
        var by = event.type == SWT.MouseVerticalWheel ? -event.count * 16 : switch (event.keyCode) {
            case SWT.PAGE_DOWN -> height * 9 / 10;
            case SWT.PAGE_UP -> -height * 9 / 10;
            default -> 0;
        };
        if (by != 0) {
            event.doit = false;
            scrolled.setOrigin(0, scrolled.getOrigin().y + by);
        }
    }

    private void answer(Block asked, Reply reply) {
        var objection = asked instanceof Block.Question question ? reply.objection(question.answer())
                : reply.objection(((Block.Prediction) asked).outcome());
        if (!objection.isEmpty()) {
            MessageDialog.openInformation(getSite().getShell(), Messages.view_title, objection);
            return;
        }
        labs.perform(Messages.job_answer, run -> {
            if (asked instanceof Block.Question question) {
                run.answer(question, reply);
            } else {
                run.predict((Block.Prediction) asked, reply);
            }
        });
    }

    private void next() {
        var progress = shown.progress();
        var index = looked >= 0 ? looked : progress.current();
        if (index != progress.current()) {
            look(progress.current());
            return;
        }
        var now = shown.lab().steps().get(index);
        var open = now.blocks(Block.Check.class).size()
                - progress.now().findings().stream().filter(Finding::holds).count();
        var unanswered = now.blocks(Block.Question.class).stream()
                .filter(question -> progress.now().reply(question) == null).count();
        if (open + unanswered > 0 && !MessageDialog.openQuestion(getSite().getShell(), Messages.view_title,
                Counted.text(Messages.view_leave, open, unanswered))) {
            return;
        }
        // Whoever has predicted something wants to see first what came of it.
        looked = now.blocks(Block.Prediction.class).isEmpty() ? -1 : index;
        labs.perform(Messages.job_next, LabRun::end);
    }

    private void retry() {
        var index = looked >= 0 ? looked : shown.progress().current();
        if (MessageDialog.openQuestion(getSite().getShell(), Messages.view_title, Messages.view_retryQuestion)) {
            looked = -1;
            labs.perform(Messages.job_retry, run -> run.retry(index));
        }
    }

    private void beginAnew() {
        if (MessageDialog.openQuestion(getSite().getShell(), Messages.view_title, Messages.view_anewQuestion)) {
            labs.beginAnew();
        }
    }

    private void export() {
        LabResultExport.ask(getSite().getShell(), shown);
    }

    /** What is wrong with a lab, a line for each. */
    static String words(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
