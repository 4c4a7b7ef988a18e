#pragma once

#include <azoth/dialect.hpp>

#include <firebird/Interface.h>
#include <ibase.h>

#include <memory>
#include <vector>

namespace azoth::firebird {

namespace fb = Firebird;

fb::IMaster& master();

/// Where calls of the API say what went wrong: they throw native_error.
class outcome final : public fb::BaseStatusWrapper<outcome> {
public:
    outcome() : BaseStatusWrapper{master().getStatus()} {}
    ~outcome() { dispose(); }
    outcome(const outcome&) = delete;
    outcome& operator=(const outcome&) = delete;
    static void checkException(outcome* of);
};

struct releaser {
    void operator()(fb::IReferenceCounted* of) const noexcept { of->release(); }
};
template <class Interface>
using handle = std::unique_ptr<Interface, releaser>;

/// A parameter buffer: what attaching and transactions are told.
using parameter_bytes = std::vector<unsigned char>;

error_class classify(const native_error& error);

}  // namespace azoth::firebird
