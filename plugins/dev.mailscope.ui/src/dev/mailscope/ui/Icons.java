package dev.mailscope.ui;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.graphics.Image;
import org.eclipse.ui.plugin.AbstractUIPlugin;

/** The plug-in's images, by the name of their file without its ending. */
public final class Icons {
    private Icons() {
    }

    /** An image that belongs to the plug-in: never dispose it. */
    public static Image image(String name) {
        var registry = Mailscope.get().getImageRegistry();
        if (registry.get(name) == null) {
            registry.put(name, descriptor(name));
        }
        return registry.get(name);
    }

    /** The same as a descriptor, for actions. */
    public static ImageDescriptor descriptor(String name) {
        return AbstractUIPlugin.imageDescriptorFromPlugin(Mailscope.ID, "icons/" + name + ".svg");
    }
}
