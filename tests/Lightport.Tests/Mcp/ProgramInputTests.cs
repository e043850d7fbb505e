using System.Text;
using Lightport.Mcp.Connections;

namespace Lightport.Tests.Mcp;

/// <summary>All requests share a program's input, and none may spoil another's.</summary>
public sealed class ProgramInputTests
{
    private readonly SlowPipe _pipe = new();
    private readonly ProgramInput _input;

    public ProgramInputTests() => _input = new ProgramInput(
        _pipe, new FloodLimit(TimeProvider.System, TimeSpan.FromSeconds(30), () => { }, _ => { }));

    [Fact]
    public async Task Line_WhoseWriterGoesInTheMidst_IsWrittenWholeBeforeTheNext()
    {
        using var goes = new CancellationTokenSource();
        Task first = SayAsync("first message", goes.Token);
        await _pipe.Begun.Task;
        await goes.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Task second = SayAsync("second message", CancellationToken.None);
        _pipe.Goes.SetResult();
        await second;

        Assert.Equal("first message\nsecond message\n", _pipe.Text);
    }

    [Fact]
    public async Task Message_WhoseEndNeverComes_IsNotTheNextOnesBeginning()
    {
        _pipe.Goes.SetResult();
        await _input.WriteAsync("first message"u8.ToArray(), CancellationToken.None);

        await SayAsync("second message", CancellationToken.None);

        Assert.Equal("second message\n", _pipe.Text);
    }

    /// <summary>Who waits behind a line that nobody reads may go as well.</summary>
    [Fact]
    public async Task Line_BehindOneThatNobodyReads_WaitsNoLongerThanItsWriter()
    {
        Task first = SayAsync("first message", CancellationToken.None);
        await _pipe.Begun.Task;
        using var goes = new CancellationTokenSource();
        Task second = SayAsync("second message", goes.Token);
        await goes.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        _pipe.Goes.SetResult();
        await first;
        await SayAsync("third message", CancellationToken.None);

        Assert.Equal("first message\nthird message\n", _pipe.Text);
    }

    /// <summary>As the package writes it.</summary>
    private async Task SayAsync(string message, CancellationToken cancellationToken)
    {
        await _input.WriteAsync(Encoding.UTF8.GetBytes(message), cancellationToken);
        await _input.WriteAsync("\n"u8.ToArray(), cancellationToken);
        await _input.FlushAsync(cancellationToken);
    }

    /// <summary>Takes half of a line, and the rest when the test lets it: as a pipe whose reader is busy.</summary>
    private sealed class SlowPipe : MemoryStream
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Goes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Text => Encoding.UTF8.GetString(ToArray());

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span[..(buffer.Length / 2)]);
            Begun.TrySetResult();
            await Goes.Task.WaitAsync(cancellationToken);
            Write(buffer.Span[(buffer.Length / 2)..]);
        }
    }
}
