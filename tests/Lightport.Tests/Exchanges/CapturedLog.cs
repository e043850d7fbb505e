using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Exchanges;

/// <summary>Keeps every line that is logged, with its event's number and fields.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    public List<CapturedLine> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var fields = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary();
        lock (Lines)
        {
            Lines.Add(new CapturedLine(logLevel, eventId.Id, formatter(state, exception) + exception, fields));
        }
    }

    public void Dispose()
    {
    }
}

internal sealed record CapturedLine(LogLevel Level, int EventId, string Text, Dictionary<string, object?> Fields);
