-- load.lua TARGET QUERIES: wrk asks TARGET with each query behind it in turn.
local requests, at = {}, 0

function init(arguments)
    for line in io.lines(arguments[2]) do
        local query = line:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end)
        requests[#requests + 1] = wrk.format("GET", arguments[1] .. query)
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local e = summary.errors
    print(string.format("load\t%d\t%.6f\t%d\t%.3f\t%.3f\t%.3f", summary.requests, summary.duration / 1e6,
        e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50) / 1e3,
        latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3))
end
