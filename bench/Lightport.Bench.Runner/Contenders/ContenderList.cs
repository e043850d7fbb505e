using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Contenders;

/// <summary>All contenders, in the order of the report.</summary>
internal static class ContenderList
{
    public static IReadOnlyList<Contender> Create(Layout layout, int upstreamPort)
    {
        string upstream = $"http://127.0.0.1:{upstreamPort}";
        return
        [
            new Contender(Contender.Direct),
            new Contender(Contender.Forwarder)
            {
                Launch = port => new Launch(
                    layout.Program("forwarder", "Lightport.Bench.Forwarder"), $"{port}", upstream),
                IsDotNet = true,
            },
            new Contender(Contender.Nginx)
            {
                Launch = port => new Launch(
                    "nginx", "-p", layout.Work, "-e", "nginx-error.log",
                    "-c", layout.Fill("nginx.conf", ("port", port), ("upstream", upstreamPort))),
            },
            new Contender(Contender.Lightport)
            {
                Launch = port => Lightport(layout, "server", "Lightport.Server", port, upstream),
                ReadyPath = "/health",
                Translates = true,
                SpeaksAll = true,
                IsDotNet = true,
            },
            new Contender(Contender.Watched)
            {
                Launch = port => Lightport(layout, "watched", "Lightport.Bench.Watched", port, upstream),
                ReadyPath = "/health",
                IsDotNet = true,
                Wants = scenario => scenario == Scenario.Stream,
                ForLoadAlone = true,
            },
            new Contender(Contender.Native)
            {
                Launch = port => Lightport(layout, "native", "Lightport.Server", port, upstream),
                ReadyPath = "/health",
                Translates = true,
                Wants = scenario => scenario.BodyBytes == 0,
                ForLoadAlone = true,
                ForStarts = true,
            },
            new Contender(Contender.Portkey)
            {
                Launch = port => new Launch(
                    "node", "--require", Path.Combine(layout.Bench, "peers", "loopback.cjs"),
                    Path.Combine(layout.Bench, ".tools/node_modules/@portkey-ai/gateway/build/start-server.js"),
                    "--headless", $"--port={port}")
                {
                    Environment = new Dictionary<string, string>
                    {
                        ["NODE_ENV"] = "production", ["TRUSTED_CUSTOM_HOSTS"] = "127.0.0.1",
                    },
                },
                Translates = true,
                Headers = scenario =>
                [
                    $"x-portkey-provider: {(scenario.Translated ? "anthropic" : "openai")}",
                    $"x-portkey-custom-host: {upstream}/v1",
                ],
            },
        ];
    }

    private static Launch Lightport(Layout layout, string folder, string program, int port, string upstream) => new(
        layout.Program(folder, program),
        "--config", layout.Fill("lightport.yaml", ("port", port), ("upstream", upstream)),
        "--urls", $"http://127.0.0.1:{port}")
    {
        Environment = new Dictionary<string, string>
        {
            ["OPENAI_API_KEY"] = "sk-bench",
            ["ANTHROPIC_API_KEY"] = "sk-ant-bench",
            ["GEMINI_API_KEY"] = "bench",
            ["AWS_BEARER_TOKEN_BEDROCK"] = "bench",
        },
    };
}
