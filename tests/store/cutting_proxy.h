// CuttingProxy: a way to a PostgreSQL server that breaks where a test wants it to.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace rabatt {

class CuttingProxy {
 public:
  enum class Cut {
    request,  // the server does not get it
    answer,   // the server does what it was asked to, and nobody hears of it
  };

  // To the server of a URL.
  explicit CuttingProxy(const std::string& url);
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;
  ~CuttingProxy();

  // The URL with the proxy in the server's place.
  const std::string& url() const { return url_; }

  // Breaks the connection at the n-th request from now, that of number 0 at once. There is no request of number −1.
  void cut_at(long n, Cut cut);
  long requests() const { return requests_; }

 private:
  struct Pair {
    int client, server;
    bool is_cut;  // at the next answer
  };

  void run();
  void accept_one();
  // False when the pair is over.
  bool from_client(Pair* pair);
  static bool from_server(const Pair& pair);

  std::string url_;
  int server_port_ = 0;
  int listening_ = -1;
  int stop_ = -1, stopped_ = -1;
  std::atomic<long> requests_ = 0, cuts_at_ = -1;
  std::atomic<Cut> cut_ = Cut::request;
  std::vector<Pair> pairs_;
  std::thread thread_;
};

}  // namespace rabatt
