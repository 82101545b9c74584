#include "libpq.h"

#include <dlfcn.h>

#include <string>

#include "connection.h"

namespace rabatt {
namespace {

template <class Function>
void find(void* library, const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(library, name));
  if (!*function) throw DatabaseError(Fault::missing, std::string("libpq.so.5 has no ") + name);
}

Libpq load_libpq() {
  void* const library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) throw DatabaseError(Fault::missing, std::string("PostgreSQL's libpq cannot be loaded: ") + dlerror());
  Libpq loaded;
#define RABATT_LIBPQ_FIND(name, function) find(library, #function, &loaded.name);
  RABATT_LIBPQ(RABATT_LIBPQ_FIND)
#undef RABATT_LIBPQ_FIND
  return loaded;
}

}  // namespace

const Libpq& libpq() {
  static const Libpq loaded = load_libpq();  // never unloaded: connections may live as long as the process
  return loaded;
}

}  // namespace rabatt
