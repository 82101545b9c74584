#include "failing_disk.h"

#include <filesystem>
#include <new>
#include <string>

namespace rabatt {
namespace {

// SQLite makes room for it, and for the file of the system behind it.
struct File {
  sqlite3_file base;
  FailingDisk* disk;
  const char* name;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return of(file)->real(); }

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  const int code = of(file)->disk->next_call();
  if (code == SQLITE_OK) return real(file)->pMethods->xWrite(real(file), data, size, offset);
  if (of(file)->disk->is_torn()) real(file)->pMethods->xWrite(real(file), data, size / 2, offset);
  return code;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int code = of(file)->disk->next_call();
  return code == SQLITE_OK ? real(file)->pMethods->xTruncate(real(file), size) : SQLITE_IOERR_TRUNCATE;
}

int sync(sqlite3_file* file, int) {
  const int code = of(file)->disk->next_call();
  if (code != SQLITE_OK) return SQLITE_IOERR_FSYNC;
  const std::string name = of(file)->name;  // no test stops the machine itself: the real disk need not sync
  std::filesystem::copy_file(name, name + ".synced", std::filesystem::copy_options::overwrite_existing);
  return SQLITE_OK;
}

const sqlite3_io_methods methods{
    .iVersion = 2,  // without xFetch: nothing is mapped, all is written by write()
    .xClose = [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); },
    .xRead = [](sqlite3_file* f, void* to, int n,
                sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), to, n, at); },
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    .xLock = [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    .xUnlock = [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    .xCheckReservedLock = [](sqlite3_file* f, int* is) { return real(f)->pMethods->xCheckReservedLock(real(f), is); },
    .xFileControl = [](sqlite3_file* f, int op,
                       void* with) { return real(f)->pMethods->xFileControl(real(f), op, with); },
    .xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    .xDeviceCharacteristics = [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    .xShmMap = [](sqlite3_file* f, int page, int size, int extend,
                  void volatile** to) { return real(f)->pMethods->xShmMap(real(f), page, size, extend, to); },
    .xShmLock = [](sqlite3_file* f, int at, int n,
                   int flags) { return real(f)->pMethods->xShmLock(real(f), at, n, flags); },
    .xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    .xShmUnmap = [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  auto* const disk = static_cast<FailingDisk*>(vfs->pAppData);
  File* const ours = new (file) File{{nullptr}, disk, name};
  const int code = disk->below()->xOpen(disk->below(), name, ours->real(), flags, out);
  if (code == SQLITE_OK) ours->base.pMethods = &methods;
  return code;
}

}  // namespace

// The other functions are those of the system, which take its VFS for their own: it has no data of ours.
FailingDisk::FailingDisk(Use use) : below_(sqlite3_vfs_find(nullptr)), vfs_(*below_) {
  vfs_.zName = name();
  vfs_.szOsFile = static_cast<int>(sizeof(File)) + below_->szOsFile;
  vfs_.pAppData = this;
  vfs_.xOpen = open;
  sqlite3_vfs_register(&vfs_, use == Use::everywhere ? 1 : 0);
}

FailingDisk::~FailingDisk() { sqlite3_vfs_unregister(&vfs_); }

void FailingDisk::fail_at(long n, Failure failure) {
  calls_ = 0;
  fails_at_ = n;
  failure_ = failure;
}

int FailingDisk::next_call() {
  const long call = calls_++;
  if (fails_at_ < 0 || call < fails_at_) return SQLITE_OK;
  if (failure_ == Failure::full) return SQLITE_FULL;
  return call == fails_at_ ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

}  // namespace rabatt
