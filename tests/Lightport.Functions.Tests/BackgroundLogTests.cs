using Microsoft.Extensions.Logging;

namespace Lightport.Functions.Tests;

/// <summary>The host drops a worker's records that belong to no invocation, so they are printed.</summary>
public sealed class BackgroundLogTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly ILoggerFactory _logs;
    private readonly ILogger _logger;

    public BackgroundLogTests()
    {
        _logs = LoggerFactory.Create(logging => logging.AddProvider(new BackgroundLog(_output)));
        _logger = _logs.CreateLogger("Lightport.Configuration.ConfigurationFollower");
    }

    [Fact]
    public void Log_OutsideAnInvocation_IsOneLine()
    {
#pragma warning disable CA1848 // What is tested is any logger.
        _logger.Log(LogLevel.Error, new EventId(103), "one\ntwo", null, (text, _) => text);

        Assert.Equal("Error Lightport.Configuration.ConfigurationFollower[103] one | two" + Environment.NewLine, $"{_output}");
    }

    [Fact]
    public void Log_InAnInvocation_IsTheHosts()
    {
        using (_logger.BeginScope(new Dictionary<string, object> { ["AzureFunctions_InvocationId"] = "1" }))
        {
            _logger.Log(LogLevel.Error, new EventId(103), "one", null, (text, _) => text);
        }

        Assert.Empty($"{_output}");
#pragma warning restore CA1848
    }

    public void Dispose()
    {
        _logs.Dispose();
        _output.Dispose();
    }
}
