// Book files (*.rabatt): a compiled book on disk, ready to price from, shared by all processes that open it.
//
//   save_book(book, "shop.rabatt");
//   Book same = open_book("shop.rabatt");   // same.hash() == book.hash()
//
// A file is mapped, not parsed: opening takes the same time however large it is. It never changes: a new book gets a
// new file of the same name, and whoever has the old one open keeps it. What must not be done to a file in use is to
// write into it or to cut it.
#pragma once

#include <string>

#include "rabatt/book.h"

namespace rabatt {

// Writes a file beside `path`, lets it reach the disk, then gives it the name: there is the old file or the new one,
// whatever happens. Links stay, and so does the mode of a file that is replaced. The same content gives the same bytes.
// Throws file_not_writable with the path and the reason; damaged_book for a book that was opened from a damaged file.
void save_book(const Book& book, const std::string& path);

// Throws file_not_readable with the path and the reason; unknown_format (no book file), incompatible_book (of an older
// or newer program, or another kind of machine), damaged_book (cut, or changed) with the path. Pages that nobody has
// read yet may be damaged all the same: whatever reads them throws damaged_book, and Book::verify() reads all. The
// checksums find accidents, not forgeries: open only files of those whom you trust.
Book open_book(const std::string& path);

}  // namespace rabatt
