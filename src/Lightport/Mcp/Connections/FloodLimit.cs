using System.Globalization;

namespace Lightport.Mcp.Connections;

/// <summary>
/// How much of a program is read: so much for each question that is open, as a server's answer by HTTP may have,
/// and in ten seconds that again, for what it says of itself. One that says more is read no faster, so that its pipe
/// fills and holds it up: one key's call can have a program tell of ever more progress, and must not end it for all
/// others. Ended is one that has been held up for as long as a call may take and has answered nothing in that time, and
/// one that says very much without reading what it is told.
/// </summary>
/// <param name="patience">As long as a call may take: whoever asked before has no answer to wait for.</param>
/// <param name="heldUp">Is called when it is first held up.</param>
/// <param name="end">Ends the program, and is told why.</param>
internal sealed class FloodLimit(TimeProvider time, TimeSpan patience, Action heldUp, Action<string> end)
{
    private const string DoesNotRead = "goes on speaking and does not read what it is told";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>Shorter waits would only wake up more often.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);

    private static readonly string SaysTooMuch = string.Create(
        CultureInfo.InvariantCulture,
        $"went on saying more than {McpBounds.MostMessages / Period.TotalSeconds:0} messages, or "
        + $"{McpBounds.LongestAnswer / 1024 / Period.TotalSeconds:0} KiB, a second, and answered nothing in that time");

    private readonly Lock _lock = new();
    private readonly SpeechAllowance _bytes = new(McpBounds.LongestAnswer, Period);
    private readonly SpeechAllowance _messages = new(McpBounds.MostMessages, Period);
    private long _earnedAt = time.GetTimestamp();

    /// <summary>Since when it is held up, or has last answered in that time; null where it is not held up.</summary>
    private long? _heldSince;

    private bool _wasHeldUp;

    /// <summary>Messages that it has said while it is told something; null where it is told nothing.</summary>
    private long? _saidMeanwhile;

    private string? _met;

    /// <summary>For what it was ended; null where it was not.</summary>
    public string? Met => Volatile.Read(ref _met);

    /// <summary>It is asked something.</summary>
    /// <returns>What ends the question.</returns>
    public (long Bytes, long Messages) BeginQuestion()
    {
        lock (_lock)
        {
            return (_bytes.Grant(), _messages.Grant());
        }
    }

    /// <summary>Nobody waits for the answer any more.</summary>
    /// <param name="question">What it was begun with.</param>
    /// <param name="isAnswered">As it has come.</param>
    public void EndQuestion((long Bytes, long Messages) question, bool isAnswered)
    {
        lock (_lock)
        {
            _bytes.End(question.Bytes);
            _messages.End(question.Messages);
            if (isAnswered && _heldSince is not null)
            {
                _heldSince = time.GetTimestamp();
            }
        }
    }

    /// <summary>It is told something, and has not read it yet.</summary>
    public void BeginTelling()
    {
        lock (_lock)
        {
            _saidMeanwhile = 0;
        }
    }

    public void EndTelling()
    {
        lock (_lock)
        {
            _saidMeanwhile = null;
        }
    }

    /// <param name="said">A piece of what it says, a message a line.</param>
    /// <exception cref="AnswerTooLargeException">It does not listen, and is ended.</exception>
    public void Take(ReadOnlySpan<byte> said)
    {
        int messages = said.Count((byte)'\n');
        bool isDeaf;
        lock (_lock)
        {
            _bytes.Take(said.Length);
            _messages.Take(messages);
            _saidMeanwhile += messages;
            isDeaf = _saidMeanwhile > McpBounds.MostMessages;
        }

        if (isDeaf)
        {
            throw Ended(DoesNotRead);
        }
    }

    /// <summary>Waits until more of it may be read.</summary>
    /// <exception cref="AnswerTooLargeException">It goes on saying too much, and is ended.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (Debt() is { Ticks: > 0 } debt)
        {
            TimeSpan wait = debt > ShortestWait ? debt : ShortestWait;
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Debt()
    {
        TimeSpan debt;
        bool isFirst;
        bool isOver;
        lock (_lock)
        {
            long now = time.GetTimestamp();
            TimeSpan passed = time.GetElapsedTime(_earnedAt, now);
            _earnedAt = now;
            _bytes.Earn(passed);
            _messages.Earn(passed);
            debt = _bytes.Debt > _messages.Debt ? _bytes.Debt : _messages.Debt;
            if (debt == TimeSpan.Zero)
            {
                _heldSince = _bytes.IsRested && _messages.IsRested ? null : _heldSince;
                return debt;
            }

            _heldSince ??= now;
            isFirst = !_wasHeldUp;
            _wasHeldUp = true;
            isOver = time.GetElapsedTime(_heldSince.Value, now) >= patience;
        }

        if (isFirst)
        {
            heldUp();
        }

        return isOver ? throw Ended(SaysTooMuch) : debt;
    }

    private AnswerTooLargeException Ended(string reason)
    {
        Volatile.Write(ref _met, reason);
        end($"it {reason}");
        return AnswerTooLargeException.OfSpeech(reason);
    }
}
