package dev.mailscope.ui.debug;

import java.util.List;

import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.hook.Held;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.MomentBanner;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.ViewFont;

/** Step mode of the workbench's server: what is held now and goes on from here, breakpoints, and faults. */
public final class StepView extends ViewPart {
    private static final String CONTEXT = "dev.mailscope.ui.context.step";
    private static final int SECOND = 1_000;
    // Narrower than this, what is chosen stands below the table.
    private static final double WIDE = 2.2;

    private final Mailscope mailscope = Mailscope.get();
    private final LiveDebugger live = mailscope.debugger();
    private final Focus focus = mailscope.focus();
    private final Runnable listener = this::show;
    private final Focus.Listener focusListener = this::show;
    private final TraceFeed.Listener feedListener = batch -> drained();
    private final Runnable tick = this::tick;
    private StepBar bar;
    private CTabFolder tabs;
    private CTabItem heldTab;
    private Composite stack;
    private SashForm sash;
    private HeldTable table;
    private HeldPane pane;
    private EmptyHeld empty;
    private RuleTable rules;

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        new MomentBanner(parent, focus, () -> Messages.view_liveOnly);
        bar = new StepBar(parent, live, focus);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        tabs = new CTabFolder(parent, SWT.TOP | SWT.FLAT);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(tabs);
        ViewFont.apply(tabs, ViewFont.TABLES);
        createHeld();
        rules = new RuleTable(tabs, live);
        var item = new CTabItem(tabs, SWT.NONE);
        item.setText(Messages.view_rules);
        item.setControl(rules);
        tabs.setSelection(heldTab);
        getSite().<IContextService>getService(IContextService.class).activateContext(Mailscope.CONTEXT);
        getSite().<IContextService>getService(IContextService.class).activateContext(CONTEXT);
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), new CopyAction(this::copied));
        live.addListener(listener);
        focus.addListener(focusListener);
        mailscope.feed().addListener(feedListener);
        mailscope.server().addListener(listener);
        mailscope.server().open();
        parent.addListener(SWT.Dispose, event -> parent.getDisplay().timerExec(-1, tick));
        show();
    }

    @Override
    public void setFocus() {
        if (tabs.getSelectionIndex() != 0) {
            rules.setFocus();
        } else if (pane.held() != null) {
            pane.setFocus();
        } else {
            empty.setFocus();
        }
    }

    @Override
    public void dispose() {
        live.removeListener(listener);
        focus.removeListener(focusListener);
        mailscope.feed().removeListener(feedListener);
        mailscope.server().removeListener(listener);
        super.dispose();
    }

    /** What is held of one session. */
    HeldPane pane() {
        return pane;
    }

    /** The sessions that are held. */
    HeldTable table() {
        return table;
    }

    /** What is shown while nothing is held. */
    EmptyHeld empty() {
        return empty;
    }

    StepBar bar() {
        return bar;
    }

    /** The breakpoints and faults, which are now in sight. */
    RuleTable rules() {
        tabs.setSelection(1);
        return rules;
    }

    /** What is held is in sight. */
    void showHeld() {
        tabs.setSelection(heldTab);
    }

    private void createHeld() {
        stack = new Composite(tabs, SWT.NONE);
        stack.setLayout(new StackLayout());
        heldTab = new CTabItem(tabs, SWT.NONE);
        heldTab.setControl(stack);
        empty = new EmptyHeld(stack, live, mailscope.server(), () -> rules().add());
        sash = new SashForm(stack, SWT.VERTICAL);
        var area = new Composite(sash, SWT.NONE);
        area.setLayout(new FillLayout());
        table = new HeldTable(area, focus);
        pane = HeldPane.create(sash, live);
        sash.setWeights(30, 70);
        stack.addListener(SWT.Resize, event -> turn());
        var menu = new MenuManager();
        table.viewer().getTable().setMenu(menu.createContextMenu(table.viewer().getTable()));
        getSite().registerContextMenu(Mailscope.STEP_VIEW, menu, table.viewer());
    }

    /** Beside each other where there is room for that. */
    private void turn() {
        var size = stack.getSize();
        var orientation = size.x > size.y * WIDE ? SWT.HORIZONTAL : SWT.VERTICAL;
        if (sash.getOrientation() != orientation) {
            sash.setOrientation(orientation);
            sash.setWeights(orientation == SWT.HORIZONTAL ? new int[] { 44, 56 } : new int[] { 30, 70 });
        }
    }

    private void drained() {
        bar.showSessions(focus.server().newest());
    }

    private void show() {
        var held = live.held();
        var chosen = live.chosen().orElse(null);
        // What is held comes into sight by itself, unless somebody is at the breakpoints.
        if (pane.held() == null && chosen != null && !isWithin(rules, pane.getDisplay().getFocusControl())) {
            showHeld();
        }
        heldTab.setText(Counted.text(Messages.view_held, held.size()));
        bar.showSessions(focus.server().newest());
        table.show(held, chosen);
        rules.show();
        empty.show();
        showPane(chosen);
        pane.getDisplay().timerExec(held.isEmpty() ? -1 : SECOND, tick);
    }

    private void showPane(Held chosen) {
        var typing = isWithin(pane, pane.getDisplay().getFocusControl());
        if (chosen == null) {
            pane.clear();
        } else {
            pane.show(chosen);
        }
        var top = chosen == null ? empty.control() : sash;
        var layout = (StackLayout) stack.getLayout();
        if (layout.topControl != top) {
            layout.topControl = top;
            stack.layout();
            ViewFont.renew(table.viewer().getTable(), ViewFont.TABLES);
            // What was hidden when a font was chosen knows its size only now.
            stack.getDisplay().asyncExec(() -> {
                if (!stack.isDisposed()) {
                    stack.layout(true, true);
                }
            });
            // Who has just let something go on by its button shall not lose the keyboard.
            if (typing) {
                setFocus();
            }
        }
    }

    private void tick() {
        if (!pane.isDisposed() && pane.held() != null) {
            table.tick();
            pane.tick();
            pane.getDisplay().timerExec(SECOND, tick);
        }
    }

    private String copied() {
        return table.viewer().getStructuredSelection().getFirstElement() instanceof Held held
                ? HeldText.sentence(List.of(held)) : "";
    }

    private static boolean isWithin(Composite outer, Control control) {
        for (var now = control; now != null; now = now.getParent()) {
            if (now == outer) {
                return true;
            }
        }
        return false;
    }
}
