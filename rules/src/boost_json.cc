// Boost.JSON, compiled once here instead of linked: Debian's static library cannot go into a shared one.
#include <boost/json/src.hpp>
