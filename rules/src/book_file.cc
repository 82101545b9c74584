#include "rabatt/book_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace rabatt {
namespace {

[[noreturn]] void refuse(Code code, const std::string& path, int error) {
  throw Error(code, path + ": " + std::generic_category().message(error));
}

// A file descriptor.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  int descriptor() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

  // False where closing tells that something was not written after all.
  bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

class Mapping {
 public:
  Mapping(void* address, std::size_t size) : address_(address), size_(size) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { ::munmap(address_, size_); }

 private:
  void* address_;
  std::size_t size_;
};

bool write_all(int descriptor, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

// A name is there after a crash only if its folder has reached the disk too.
bool sync_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const File opened(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.is_open() && ::fsync(opened.descriptor()) == 0;
}

// The mode that the file has, or a new one would get.
mode_t mode_of(const std::string& path) {
  struct stat about{};
  if (::stat(path.c_str(), &about) == 0) return about.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

}  // namespace

void save_book(const Book& book, const std::string& path) {
  const auto bytes = book.file();
  std::string beside = path + ".XXXXXX";
  File file(::mkostemp(beside.data(), O_CLOEXEC));
  if (!file.is_open()) refuse(Code::file_not_writable, path, errno);
  const bool written = ::fchmod(file.descriptor(), mode_of(path)) == 0 && write_all(file.descriptor(), bytes) &&
                       ::fsync(file.descriptor()) == 0 && file.close() && ::rename(beside.c_str(), path.c_str()) == 0;
  if (!written) {
    const int error = errno;
    ::unlink(beside.c_str());
    refuse(Code::file_not_writable, path, error);
  }
  if (!sync_folder(path)) refuse(Code::file_not_writable, path, errno);
}

Book open_book(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about{};
  if (!file.is_open() || ::fstat(file.descriptor(), &about) != 0) refuse(Code::file_not_readable, path, errno);
  if (S_ISDIR(about.st_mode)) refuse(Code::file_not_readable, path, EISDIR);
  if (!S_ISREG(about.st_mode)) throw Error(Code::file_not_readable, path + ": not a regular file");
  const auto size = static_cast<std::size_t>(about.st_size);
  if (size == 0) throw Error(Code::unknown_format, path);
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.descriptor(), 0);
  if (address == MAP_FAILED) refuse(Code::file_not_readable, path, errno);
  const auto mapping = std::make_shared<Mapping>(address, size);
  try {
    return Book::mapped({static_cast<const std::byte*>(address), size}, mapping);
  } catch (const Error& error) {
    throw Error(error.code(), path);
  }
}

}  // namespace rabatt
