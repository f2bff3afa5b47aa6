package dev.drydock.connect;

import java.util.AbstractList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable list that reads each element anew whenever it is asked for, and keeps none. An iteration skips elements that
 * no longer exist; the size counts them.
 */
final class ReadOnDemand<S, T> extends AbstractList<T> {

    private final List<S> sources;
    private final Function<S, Optional<T>> read;

    ReadOnDemand(List<S> sources, Function<S, Optional<T>> read) {
        this.sources = List.copyOf(sources);
        this.read = read;
    }

    @Override
    public T get(int index) {
        return read.apply(sources.get(index)).orElseThrow(ConcurrentModificationException::new);
    }

    @Override
    public int size() {
        return sources.size();
    }

    @Override
    public Iterator<T> iterator() {
        var rest = sources.iterator();
        return new Iterator<>() {

            private @Nullable T next;

            @Override
            public boolean hasNext() {
                while (next == null && rest.hasNext()) {
                    next = read.apply(rest.next()).orElse(null);
                }
                return next != null;
            }

            @Override
            public T next() {
                var element = hasNext() ? next : null;
                if (element == null) {
                    throw new NoSuchElementException();
                }
                next = null;
                return element;
            }
        };
    }

    /** Of unknown size, because elements may be skipped. */
    @Override
    public Spliterator<T> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
    }
}
