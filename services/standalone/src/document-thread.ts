import { serveWrites } from '@boxoffice/shared/platform/embedded/documents';

// A thread that writes documents: the other side of the embedded platform's ThreadedWriter.
serveWrites();
