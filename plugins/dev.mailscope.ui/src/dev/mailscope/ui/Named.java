package dev.mailscope.ui;

import java.util.function.Supplier;

import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Control;

/** Gives controls without a label a name that a screen reader says. */
public final class Named {
    private Named() {
    }

    /** Gives the control that name. */
    public static void name(Control control, String name) {
        name(control, () -> name);
    }

    /** Gives the control the name that it has at the moment when it is said. */
    public static void name(Control control, Supplier<String> name) {
        control.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = name.get();
            }
        });
    }
}
