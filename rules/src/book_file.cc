#include "rabatt/book_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace rabatt {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(Code code, const std::string& path, int error) {
  throw Error(code, path + ": " + std::generic_category().message(error));
}

[[noreturn]] void refuse_irregular(Code code, const std::string& path, mode_t mode) {
  if (S_ISDIR(mode)) refuse(code, path, EISDIR);
  throw Error(code, path + ": not a regular file");
}

// The system would take it for a shorter one.
void refuse_nul(Code code, const std::string& path) {
  if (path.find('\0') != std::string::npos) refuse(code, path, EINVAL);
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

// A file's bytes in memory.
class Mapping {
 public:
  explicit Mapping(std::size_t size) : size_(size) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (address_ != MAP_FAILED) ::munmap(address_, size_);
  }

  bool map(const File& file) {
    address_ = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.descriptor(), 0);
    return address_ != MAP_FAILED;
  }

  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(address_), size_}; }

 private:
  void* address_ = MAP_FAILED;
  std::size_t size_;
};

// What is to be written: behind links, which stay, and with the mode of the file that is there.
struct Target {
  fs::path path;
  std::optional<mode_t> mode;
};

Target target_of(const std::string& path) {
  constexpr int most_links = 40;  // as Linux has it
  Target target{path, std::nullopt};
  std::error_code unreadable;  // told by stat() below
  for (int links = 0; links < most_links && fs::is_symlink(target.path, unreadable); ++links) {
    target.path = target.path.parent_path() / fs::read_symlink(target.path, unreadable);
  }
  struct stat about{};
  if (::stat(target.path.c_str(), &about) == 0) {
    if (!S_ISREG(about.st_mode)) refuse_irregular(Code::file_not_writable, path, about.st_mode);
    target.mode = about.st_mode & 07777U;
  } else if (errno != ENOENT) {
    refuse(Code::file_not_writable, path, errno);
  }
  return target;
}

// A file beside the one that it is to become. It goes again if it does not get there.
class NewFile {
 public:
  // A file that nobody may read is not to be readable while it is written either.
  explicit NewFile(Target target) : target_(std::move(target)), file_(create(target_.mode ? 0600 : 0666)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (!beside_.empty()) ::unlink(beside_.c_str());
  }

  // Each false, with errno, where the file cannot be written.
  bool is_open() const { return file_.is_open(); }

  bool write(std::span<const std::byte> bytes) {
    if (target_.mode && ::fchmod(file_.descriptor(), *target_.mode) != 0) return false;
    while (!bytes.empty()) {
      const auto written = ::write(file_.descriptor(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return ::fsync(file_.descriptor()) == 0 && file_.close();
  }

  bool publish() {
    if (::rename(beside_.c_str(), target_.path.c_str()) != 0) return false;
    beside_.clear();
    return sync_folder();
  }

 private:
  // No other program or thread has the name.
  int create(mode_t mode) {
    const auto folder = target_.path.parent_path();
    const std::string name = "." + target_.path.filename().string().substr(0, 100) + "." + std::to_string(::getpid());
    for (int number = 0;; ++number) {
      beside_ = folder / (name + "." + std::to_string(number) + ".part");  // may throw, so the file is not there yet
      const int descriptor = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
      if (descriptor >= 0) return descriptor;
      if (errno == EEXIST) continue;
      beside_.clear();
      return descriptor;
    }
  }

  // A name is there after a crash only if its folder has reached the disk too. Not every folder can be asked to.
  bool sync_folder() const {
    const auto folder = target_.path.parent_path();
    const File opened(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return !opened.is_open() || ::fsync(opened.descriptor()) == 0 || errno == EINVAL;
  }

  Target target_;
  fs::path beside_;
  File file_;
};

}  // namespace

void save_book(const Book& book, const std::string& path) {
  refuse_nul(Code::file_not_writable, path);
  const auto bytes = book.file();
  NewFile file(target_of(path));
  if (!file.is_open() || !file.write(bytes) || !file.publish()) refuse(Code::file_not_writable, path, errno);
}

Book open_book(const std::string& path) {
  refuse_nul(Code::file_not_readable, path);
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // a pipe is not to be waited for
  struct stat about{};
  if (!file.is_open() || ::fstat(file.descriptor(), &about) != 0) refuse(Code::file_not_readable, path, errno);
  if (!S_ISREG(about.st_mode)) refuse_irregular(Code::file_not_readable, path, about.st_mode);
  const auto size = static_cast<std::size_t>(about.st_size);
  if (size == 0) throw Error(Code::unknown_format, path);
  const auto mapping = std::make_shared<Mapping>(size);
  if (!mapping->map(file)) refuse(Code::file_not_readable, path, errno);
  return Book::mapped(mapping->bytes(), mapping, path);
}

}  // namespace rabatt
