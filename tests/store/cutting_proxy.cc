#include "cutting_proxy.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace rabatt {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool send_all(int to, const char* data, ssize_t size) {
  while (size > 0) {
    const auto sent = send(to, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= sent;
  }
  return true;
}

}  // namespace

CuttingProxy::CuttingProxy(const std::string& url) {
  const auto colon = url.rfind(':'), slash = url.rfind('/');
  server_port_ = std::stoi(url.substr(colon + 1, slash - colon - 1));
  listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t size = sizeof(address);
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listening_, any, size) != 0 || listen(listening_, 16) != 0 || getsockname(listening_, any, &size) != 0) {
    throw std::runtime_error("no port to listen on");
  }
  url_ = url.substr(0, colon + 1) + std::to_string(ntohs(address.sin_port)) + url.substr(slash);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be made");
  stopped_ = ends[0];
  stop_ = ends[1];
  thread_ = std::thread([this] { run(); });
}

CuttingProxy::~CuttingProxy() {
  close(stop_);
  thread_.join();
  close(stopped_);
  close(listening_);
}

void CuttingProxy::cut_at(long n, Cut cut) {
  requests_ = 0;
  cut_ = cut;
  cuts_at_ = n;
}

void CuttingProxy::run() {
  for (;;) {
    std::vector<pollfd> waits = {{stopped_, POLLIN, 0}, {listening_, POLLIN, 0}};
    for (const auto& pair : pairs_) {
      waits.push_back({pair.client, POLLIN, 0});
      waits.push_back({pair.server, POLLIN, 0});
    }
    poll(waits.data(), waits.size(), -1);
    if (waits[0].revents != 0) break;
    std::vector<Pair> left;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      auto& pair = pairs_[i];
      bool goes_on = true;
      if (waits[2 + 2 * i].revents != 0) goes_on = from_client(&pair);
      if (goes_on && waits[3 + 2 * i].revents != 0) goes_on = !pair.is_cut && from_server(pair);
      if (goes_on) {
        left.push_back(pair);
      } else {
        close(pair.client);
        close(pair.server);
      }
    }
    pairs_ = std::move(left);
    if (waits[1].revents != 0) accept_one();
  }
  for (const auto& pair : pairs_) {
    close(pair.client);
    close(pair.server);
  }
}

void CuttingProxy::accept_one() {
  const int client = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = loopback(server_port_);
  if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    close(client);
    close(server);
    return;
  }
  const int at_once = 1;
  setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
  pairs_.push_back({client, server, false});
}

bool CuttingProxy::from_client(Pair* pair) {
  std::array<char, 65'536> buffer{};
  const auto size = recv(pair->client, buffer.data(), buffer.size(), 0);
  if (size <= 0) return false;
  const bool cuts = requests_++ == cuts_at_;
  if (cuts && cut_ == Cut::request) return false;
  pair->is_cut = pair->is_cut || cuts;
  return send_all(pair->server, buffer.data(), size);
}

bool CuttingProxy::from_server(const Pair& pair) {
  std::array<char, 65'536> buffer{};
  const auto size = recv(pair.server, buffer.data(), buffer.size(), 0);
  return size > 0 && send_all(pair.client, buffer.data(), size);
}

}  // namespace rabatt
