// Hash maps of the engine and the rooms beside it; not installed.
//
// Boost's open-addressing table with Abseil's hash: the hash is seeded, so that nobody can choose colliding keys, and
// the table survives an allocation that fails, which Abseil's own (20220623) does not: it frees a static array then.
#pragma once

#include <absl/hash/hash.h>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

namespace rabatt {

template <class Key, class Value>
using HashMap = boost::unordered_flat_map<Key, Value, absl::Hash<Key>>;

template <class Key>
using HashSet = boost::unordered_flat_set<Key, absl::Hash<Key>>;

}  // namespace rabatt
