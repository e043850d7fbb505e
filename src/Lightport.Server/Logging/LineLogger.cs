using System.Text;

namespace Lightport.Server.Logging;

/// <summary>
/// Writes one line an event: time, level, category and id, message; an exception follows on the same line.
/// </summary>
internal sealed class LineLogger(string category, LineWriter writer, TimeProvider clock) : ILogger
{
    private static readonly string[] Levels = ["trace", "debug", "info", "warn", "error", "critical", "none"];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (exception is null && state is IUtf8SpanFormattable line)
        {
            writer.Write(clock.GetUtcNow(), Levels[(int)logLevel], category, eventId.Id, line);
            return;
        }

        string message = formatter(state, exception);
        string thrown = exception is null ? "" : $" {exception}";
        writer.Write($"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Levels[(int)logLevel]} {category}[{eventId.Id}] "
            + OneLine(message) + OneLine(thrown));
    }

    /// <summary>Line ends inside an event would make it several, or let one be forged.</summary>
    private static string OneLine(string text) =>
        text.AsSpan().ContainsAny('\n', '\r')
            ? new StringBuilder(text).Replace("\r", "").Replace("\n", " | ").ToString()
            : text;
}
