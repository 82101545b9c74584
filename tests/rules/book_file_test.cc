// Book files: what is saved is what is opened, and there is always a whole file or none.

#include "rabatt/book_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>

#include "full_book.h"
#include "line_batch.h"
#include "rabatt/json.h"
#include "rabatt/price.h"
#include "random_documents.h"
#include "random_shops.h"
#include "refusal.h"
#include "samples.h"
#include "temporary_folder.h"

namespace rabatt {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

Book book_with_price(const char* price) {
  BookContent content;
  content.items = {item_at("TEA", price)};
  return Book::build(std::move(content));
}

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const std::string& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

mode_t mode_of(const std::string& path) {
  struct stat about{};
  EXPECT_EQ(::stat(path.c_str(), &about), 0) << path;
  return about.st_mode & 07777U;
}

// ---- what is opened ----

Book reopened(const Book& book) {
  auto file = std::make_shared<const std::vector<std::byte>>(book.file());
  return Book::mapped(*file, file);
}

std::string answer(const Book& book, const Request& request) {
  try {
    return to_json(price(book, request));
  } catch (const Error& error) {
    return to_json(error);
  }
}

void expect_same(const Book& book, const Book& opened, const std::vector<Request>& requests) {
  ASSERT_EQ(opened.hash(), book.hash());
  ASSERT_EQ(to_json(opened.content()), to_json(book.content()));
  ASSERT_EQ(opened.file(), book.file());
  for (const auto& request : requests) ASSERT_EQ(answer(opened, request), answer(book, request));
}

// Of documents of one line.
void expect_same_batch(const Book& book, const Book& opened, const std::vector<Request>& requests) {
  const auto results_of = [&](const Book& from) {
    const LineBatch batch(from, requests);
    BatchResults results(batch.size(), places_of(from));
    const auto plane = DayPlane::compile(from, *requests.front().date, BookIds(from).currency("EUR"));
    price_lines(from, plane.get(), batch.lines(), results.columns());
    return results;
  };
  const auto results = results_of(book);
  const auto same = results_of(opened);
  for (std::size_t line = 0; line < requests.size(); ++line) ASSERT_EQ(same[line], results[line]) << "line " << line;
}

TEST(BookFile, RandomBooksAreTheSameWhenOpened) {
  Random random("books in files");
  const auto count = trials(300);
  for (std::uint64_t i = 0; i < count && !HasFatalFailure(); ++i) {
    SCOPED_TRACE("book " + std::to_string(i));
    const auto content = random_book(&random);
    std::vector<Request> requests;
    for (int number = 0; number < 5; ++number) requests.push_back(random_request(&random, content));
    const Book book = Book::build(content);
    expect_same(book, reopened(book), requests);
  }
  for (std::uint64_t i = 0; i < count && !HasFatalFailure(); ++i) {
    SCOPED_TRACE("shop " + std::to_string(i));
    const auto content = random_shop(&random);
    const auto requests = random_order_lines(&random, content, 50);
    const Book book = Book::build(content);
    const Book opened = reopened(book);
    expect_same(book, opened, requests);
    expect_same_batch(book, opened, requests);
  }
  report("books opened from the bytes of a file", 2 * count);
}

TEST(BookFile, OpensWhatWasSaved) {
  const TemporaryFolder folder;
  const Book book = Book::build(full_book());
  save_book(book, folder / "shop.rabatt");
  const Book opened = open_book(folder / "shop.rabatt");
  Request request = request_of({line_of("TEA", "12"), line_of("CUP")}, "C1");
  request.prices_include_tax = true;
  expect_same(book, opened, {request});
  save_book(opened, folder / "copy.rabatt");
  EXPECT_EQ(text_of_file(folder / "copy.rabatt"), text_of_file(folder / "shop.rabatt"));
  save_book(opened, folder / "shop.rabatt");  // that it is read from
  EXPECT_EQ(open_book(folder / "shop.rabatt").content().items.size(), 2U);
  expect_same(book, opened, {request});
  EXPECT_EQ(folder.names(), (Names{"copy.rabatt", "shop.rabatt"}));
}

TEST(BookFile, AnEmptyBookIsABook) {
  const Book book = Book::build({});
  expect_same(book, reopened(book), {request_of({}), request_of({line_of("TEA")})});
}

// Files are kept for longer than programs: what another program would misread must have another number.
TEST(BookFile, ALayoutKeepsItsNumber) {
  std::uint64_t fnv = 0xCBF29CE484222325U;  // FNV-1a
  for (const auto byte : Book::build(full_book()).file())
    fnv = (fnv ^ std::to_integer<unsigned>(byte)) * 0x100000001B3U;
  EXPECT_EQ(fnv, 8160059462852349463U)
      << "The file of full_book() has changed. Another record, another field of the book, or another price that is "
         "made "
         "when a book is compiled needs the next current_format in book_image.cc. Then, or where only full_book() and "
         "the currencies are others, the new value goes here.";
}

TEST(BookFile, WhatCannotBeOpened) {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& path) { return refusal([&] { open_book(path); }); };
  const auto missing = folder / "missing.rabatt";
  EXPECT_EQ(refused(missing), "file_not_readable " + missing + ": No such file or directory");
  EXPECT_EQ(refused(folder / "."), "file_not_readable " + (folder / ".") + ": Is a directory");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(refused(folder / "pipe"), "file_not_readable " + (folder / "pipe") + ": not a regular file");
  EXPECT_EQ(refused(""), "file_not_readable : No such file or directory");
  for (const auto text : {"", "{", "rabatt", "{\"items\": []}"}) {
    write_text(folder / "text.rabatt", text);
    EXPECT_EQ(refused(folder / "text.rabatt"), "unknown_format " + (folder / "text.rabatt")) << text;
  }
  save_book(book_with_price("1"), folder / "shop.rabatt");
  const std::string with_nul = (folder / "shop.rabatt") + std::string(1, '\0');
  EXPECT_EQ(refused_as([&] { open_book(with_nul); }), "file_not_readable");
  EXPECT_EQ(refused_as([&] { save_book(book_with_price("2"), with_nul); }), "file_not_writable");
  fs::resize_file(folder / "shop.rabatt", 5000);
  EXPECT_EQ(refused(folder / "shop.rabatt"), "damaged_book " + (folder / "shop.rabatt"));
}

TEST(BookFile, DamageIsNotCopied) {
  const TemporaryFolder folder;
  BookContent content;
  for (int i = 0; i < 1000; ++i) content.items.push_back(item_at("TEA" + std::to_string(i), "1"));
  save_book(Book::build(std::move(content)), folder / "shop.rabatt");
  auto text = text_of_file(folder / "shop.rabatt");
  text[text.size() - 5000] ^= 1;  // in the content, which pricing does not read
  write_text(folder / "shop.rabatt", text);
  const Book opened = open_book(folder / "shop.rabatt");
  EXPECT_EQ(price(opened, request_of({line_of("TEA7")})).total, Decimal(1));
  const auto message = "damaged_book " + (folder / "shop.rabatt");
  EXPECT_EQ(refusal([&] { opened.content(); }), message);
  EXPECT_EQ(refusal([&] { opened.verify(); }), message);
  EXPECT_EQ(refusal([&] { save_book(opened, folder / "copy.rabatt"); }), message);
  EXPECT_EQ(folder.names(), Names{"shop.rabatt"});
}

// ---- what is saved ----

// Of a disk that has room for so many bytes, as far as this process can tell.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST(BookFile, AFullDiskLeavesTheOldFile) {
  const TemporaryFolder folder;
  const auto path = folder / "shop.rabatt";
  const Book book = book_with_price("2");
  for (const rlim_t room : {rlim_t{0}, rlim_t{4096}, static_cast<rlim_t>(book.file().size() - 1)}) {
    const auto save = [&] {
      const FullDisk disk(room);
      save_book(book, path);
    };
    EXPECT_EQ(refusal(save), "file_not_writable " + path + ": File too large");
    EXPECT_EQ(folder.names(), Names{}) << room;
  }
  save_book(book_with_price("1"), path);
  const auto before = text_of_file(path);
  const auto save = [&] {
    const FullDisk disk(10'000);
    save_book(book, path);
  };
  EXPECT_EQ(refused_as(save), "file_not_writable");
  EXPECT_EQ(text_of_file(path), before);
  EXPECT_EQ(folder.names(), Names{"shop.rabatt"});
}

TEST(BookFile, WhatCannotBeWritten) {
  const TemporaryFolder folder;
  const Book book = book_with_price("1");
  write_text(folder / "file", "old");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  fs::create_symlink(folder / "loop", folder / "loop");
  fs::create_symlink("/dev/null", folder / "null");
  const auto names = folder.names();
  const std::pair<std::string, std::string> refused[] = {
      {"", "No such file or directory"},
      {folder / "none/shop.rabatt", "No such file or directory"},
      {folder / "file/shop.rabatt", "Not a directory"},
      {folder / ".", "Is a directory"},
      {folder / "loop", "Too many levels of symbolic links"},
      {folder / "pipe", "not a regular file"},
      {folder / "null", "not a regular file"},
      {folder / std::string(300, 'x').c_str(), "File name too long"},
  };
  for (const auto& [path, reason] : refused) {
    EXPECT_EQ(refusal([&] { save_book(book, path); }), "file_not_writable " + path + ": " + reason);
  }
  EXPECT_EQ(folder.names(), names);
  EXPECT_EQ(text_of_file(folder / "file"), "old");
}

TEST(BookFile, ALinkStaysALink) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "books");
  fs::create_symlink("books/march.rabatt", folder / "march.rabatt");  // of a file that is not there yet
  fs::create_symlink(folder / "march.rabatt", folder / "current.rabatt");
  for (const char* price : {"1", "2"}) {
    const Book book = book_with_price(price);
    save_book(book, folder / "current.rabatt");
    EXPECT_TRUE(fs::is_symlink(folder / "current.rabatt"));
    EXPECT_TRUE(fs::is_symlink(folder / "march.rabatt"));
    EXPECT_FALSE(fs::is_symlink(folder / "books/march.rabatt"));
    EXPECT_EQ(open_book(folder / "books/march.rabatt").hash(), book.hash());
  }
  EXPECT_EQ(folder.names(), (Names{"books", "current.rabatt", "march.rabatt"}));
}

TEST(BookFile, HasTheModeOfTheOldFileElseOfNewFiles) {
  const TemporaryFolder folder;
  const Book book = book_with_price("1");
  const mode_t before = ::umask(027);
  save_book(book, folder / "new.rabatt");
  write_text(folder / "old.rabatt", "old");
  for (const mode_t mode : {0600U, 0666U, 0444U}) {
    fs::permissions(folder / "old.rabatt", static_cast<fs::perms>(mode));
    save_book(book, folder / "old.rabatt");
    EXPECT_EQ(mode_of(folder / "old.rabatt"), mode);
  }
  EXPECT_EQ(::umask(before), 027U);
  EXPECT_EQ(mode_of(folder / "new.rabatt"), 0640U);
}

TEST(BookFile, ALongNameIsAName) {
  const TemporaryFolder folder;
  const auto path = folder / (std::string(248, 'x') + ".rabatt").c_str();
  save_book(book_with_price("1"), path);
  EXPECT_EQ(open_book(path).hash(), book_with_price("1").hash());
}

TEST(BookFile, APathInTheCurrentFolder) {
  const TemporaryFolder folder;
  const auto before = fs::current_path();
  fs::current_path(folder / ".");
  save_book(book_with_price("1"), "shop.rabatt");
  EXPECT_EQ(open_book("shop.rabatt").hash(), book_with_price("1").hash());
  EXPECT_EQ(folder.names(), Names{"shop.rabatt"});
  fs::current_path(before);
}

}  // namespace
}  // namespace rabatt
