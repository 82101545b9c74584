// From the records to a book.
#pragma once

#include "rabatt/store.h"
#include "session.h"

namespace rabatt {

// Throws invalid_as_of for a moment after that of the session; permission_denied.
Publication publish(Session& session, const PublishOptions& options);

// The book alone, for the store's own use: nobody is asked for a permission.
Book present_book(Session& session);

}  // namespace rabatt
