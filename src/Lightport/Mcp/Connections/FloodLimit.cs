namespace Lightport.Mcp.Connections;

/// <summary>
/// How much a program may say: so much for each question that it is asked, as a server's answer by HTTP may have, and
/// every ten seconds that again, for what it says of itself. Who says more is ended, also where nobody asks it
/// anything. A thousand words a second cost little, and one key's call that has a program tell so much of its progress
/// must not end it for all others.
/// </summary>
/// <param name="end">Ends the program.</param>
internal sealed class FloodLimit(TimeProvider time, Action end)
{
    /// <summary>So many questions' worth may be left, as a program has many at once.</summary>
    private const int MostQuestions = 64;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _begun = time.GetTimestamp();
    private long _bytes = McpBounds.LongestAnswer;
    private long _messages = McpBounds.MostMessages;
    private bool _isMet;

    /// <summary>It has said more.</summary>
    public bool IsMet => Volatile.Read(ref _isMet);

    /// <summary>It is asked something.</summary>
    public void Asked()
    {
        lock (_lock)
        {
            _bytes = Math.Min(_bytes + McpBounds.LongestAnswer, (long)MostQuestions * McpBounds.LongestAnswer);
            _messages = Math.Min(_messages + McpBounds.MostMessages, (long)MostQuestions * McpBounds.MostMessages);
        }
    }

    /// <param name="said">A piece of what it says, a message a line.</param>
    /// <exception cref="AnswerTooLargeException">It is too much.</exception>
    public void Take(ReadOnlySpan<byte> said)
    {
        int messages = said.Count((byte)'\n');
        lock (_lock)
        {
            if (time.GetElapsedTime(_begun) >= Period)
            {
                _begun = time.GetTimestamp();
                _bytes = Math.Max(_bytes, McpBounds.LongestAnswer);
                _messages = Math.Max(_messages, McpBounds.MostMessages);
            }

            _bytes -= said.Length;
            _messages -= messages;
            if (_bytes >= 0 && _messages >= 0)
            {
                return;
            }
        }

        Volatile.Write(ref _isMet, true);
        end();
        throw AnswerTooLargeException.OfMessages(McpBounds.MostMessages);
    }
}
