#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace azoth {

/// What a server says beside its answers. The views are valid during the call.
struct server_message {
    enum class kinds : std::uint8_t {
        notice,        ///< a warning or a hint about a statement
        notification,  ///< what another session sent to a channel that this one listens to
    };
    kinds kind{kinds::notice};
    std::string_view text{};      ///< of a notice
    std::string_view severity{};  ///< "NOTICE", "WARNING" ..., as the server says it
    std::string_view sqlstate{};
    std::string_view channel{};  ///< of a notification
    std::string_view payload{};
    std::int64_t sender{};  ///< the session that sent it, as the server numbers it
};

/// Takes messages on the thread that uses the connection, in the middle of its call: must not use the connection.
using message_sink = std::function<void(const server_message&)>;

}  // namespace azoth
