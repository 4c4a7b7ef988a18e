#include "protocol.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azoth::conformance::protocol {
namespace {

using nlohmann::json;

/// Messages may hold bytes that are no UTF-8.
std::string line_of(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace) + "\n"; }

json json_of(const case_result& r) {
    return {{"id", r.id}, {"outcome", static_cast<int>(r.how)}, {"seconds", r.seconds}, {"message", r.message}};
}

case_result result_of(const json& j) {
    return {j.at("id"), static_cast<outcome>(j.at("outcome").get<int>()), j.at("seconds"), j.at("message")};
}

json json_of(const tested_server& s) {
    return {{"dialect", s.dialect}, {"driver", s.driver}, {"versions", s.versions}, {"embedded", s.is_embedded}};
}

tested_server server_of(const json& j) { return {j.at("dialect"), j.at("driver"), j.at("versions"), j.at("embedded")}; }

json parsed(const std::string& line) {
    json j = json::parse(line, nullptr, false);
    if (!j.is_object()) throw_error(errc::internal, fmt::format("a worker's pipe holds what is no message: {}", line.substr(0, 200)));
    return j;
}

}  // namespace

std::string encode(const command& c) {
    json j = json::object();
    if (c.setup) j["setup"] = {{"url", c.setup->url}, {"plugins", c.setup->plugins}, {"timeout", c.setup->timeout}};
    if (!c.run.empty()) j["run"] = c.run;
    if (!c.sweep.empty()) j["sweep"] = c.sweep;
    return line_of(j);
}

std::string encode(const answer& a) {
    json j = json::object();
    if (a.server) j["server"] = json_of(*a.server);
    if (!a.prefix.empty()) j["prefix"] = a.prefix;
    if (!a.error.empty()) j["error"] = a.error;
    if (a.result) j["result"] = json_of(*a.result);
    if (a.is_dying) j["dying"] = true;
    if (a.swept) j["swept"] = *a.swept;
    return line_of(j);
}

command decode_command(const std::string& line) {
    const json j = parsed(line);
    command c;
    if (j.contains("setup")) c.setup = setup{j["setup"].at("url"), j["setup"].at("plugins"), j["setup"].at("timeout")};
    c.run = j.value("run", "");
    c.sweep = j.value("sweep", "");
    return c;
}

answer decode_answer(const std::string& line) {
    const json j = parsed(line);
    answer a;
    if (j.contains("server")) a.server = server_of(j["server"]);
    a.prefix = j.value("prefix", "");
    a.error = j.value("error", "");
    if (j.contains("result")) a.result = result_of(j["result"]);
    a.is_dying = j.value("dying", false);
    if (j.contains("swept")) a.swept = j["swept"].get<std::vector<std::string>>();
    return a;
}

}  // namespace azoth::conformance::protocol
