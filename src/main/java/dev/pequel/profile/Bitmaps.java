package dev.pequel.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** Serializes Roaring bitmaps in their portable format, which libraries of other languages can read. */
public final class Bitmaps {

    private Bitmaps() {}

    public static byte[] write(RoaringBitmap bitmap) {
        RoaringBitmap compact = bitmap.clone();
        compact.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(compact.serializedSizeInBytes());
        compact.serialize(bytes);
        return bytes.array();
    }

    public static RoaringBitmap read(byte[] bytes) {
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("The stored bytes are not a bitmap.", e);
        }
        return bitmap;
    }
}
