using Microsoft.Extensions.Logging;

namespace Lightport.Functions;

/// <summary>
/// Writes to standard output what is logged while no function runs. The host takes a worker's log records only with the
/// id of a running invocation, and drops the others: that the tables are away, that a version is refused. What the
/// worker prints it keeps, as <c>Host.Function.Console</c>.
/// </summary>
/// <param name="output">Where to; one line an event.</param>
[ProviderAlias("Background")]
public sealed class BackgroundLog(TextWriter output) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>The worker opens a scope with this around each invocation.</summary>
    private const string InvocationScope = "AzureFunctions_InvocationId";

    private IExternalScopeProvider? _scopes;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // The output is the process's.
    }

    private bool IsInInvocation()
    {
        bool[] found = [false];
        _scopes?.ForEachScope(
            static (scope, found) => found[0] |= scope is IEnumerable<KeyValuePair<string, object>> values
                && values.Any(value => value.Key == InvocationScope),
            found);
        return found[0];
    }

    private sealed class Logger(BackgroundLog log, string category) : ILogger
    {
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
            if (!log.IsInInvocation())
            {
                string text = $"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)} {exception}";
                log.Write(text.TrimEnd().ReplaceLineEndings(" | "));
            }
        }
    }

    private void Write(string line)
    {
        lock (output)
        {
            output.WriteLine(line);
        }
    }
}
