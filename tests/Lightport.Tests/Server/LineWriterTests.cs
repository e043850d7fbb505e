using System.Globalization;
using System.Text;
using Lightport.Server.Logging;
using Lightport.Tests.Routing;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Server;

public sealed class LineWriterTests
{
    [Fact]
    public async Task Lines_OfManyThreads_AreAllThereWhenItIsDisposed()
    {
        var output = new MemoryStream();
        await using (var writer = new LineWriter(output))
        {
            Parallel.For(0, 5000, i => writer.Write(i.ToString(CultureInfo.InvariantCulture)));
        }

        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 5000), lines.Select(int.Parse).Order());
    }

    /// <summary>A line that says itself may be longer than was made room for, and others come at the same time.</summary>
    [Fact]
    public async Task Lines_ThatSayThemselves_AreWholeHoweverLong()
    {
        var output = new MemoryStream();
        await using (var writer = new LineWriter(output))
        {
            Parallel.For(0, 500, i => writer.Write(DateTimeOffset.UnixEpoch, "info", "Test", 7, new Letters(i * 10)));
        }

        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => $"1970-01-01T00:00:00.000Z info Test[7] {new string('x', i * 10)}"),
            lines.OrderBy(line => line.Length));
    }

    [Fact]
    public async Task Lines_MoreThanAStuckOutputTakes_AreCounted()
    {
        var output = new MemoryStream();
        string line = new('x', 1024 * 1024);
        await using (var writer = new LineWriter(output))
        {
            // The first lines are still being gathered while the later ones come, as if the output were stuck.
            for (int i = 0; i < 20; i++)
            {
                writer.Write(line);
            }
        }

        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int kept = lines.Count(text => text == line);
        int lost = lines.Where(text => text != line).Sum(text => int.Parse(text.Split(' ')[0]));
        Assert.Equal(20, kept + lost);
    }

    [Fact]
    public async Task Lines_AfterAFullDisk_GoOnAndSayHowManyWereLost()
    {
        var output = new FullDisk();
        await using (var writer = new LineWriter(output))
        {
            writer.Write("lost");
            await output.Refused.Task;
            writer.Write("kept");
        }

        Assert.Equal(
            "1 log lines were lost: the output was stuck or full\nkept\n".Split('\n').Order(),
            Encoding.UTF8.GetString(output.ToArray()).Split('\n').Order());
    }

    [Theory]
    [InlineData("one\r\ntwo \u00e9", "one  two \u00e9")]
    [InlineData(null, null)]
    public async Task Event_ThatSaysItselfInUtf8_IsOneLineHoweverLong(string? text, string? expected)
    {
        string said = text ?? new string('x', 50_000);
        var output = new MemoryStream();
        await using (var writer = new LineWriter(output))
        {
            var logger = new LineLogger("Category", writer, new ManualTimeProvider());
            logger.Log(LogLevel.Warning, new EventId(7), new Said(said), null, (_, _) => "not asked for");
        }

        Assert.Equal(
            $"1970-01-01T00:00:00.000Z warn Category[7] {expected ?? said}\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task Event_WithLineEndsInIt_IsOneLine()
    {
        var output = new MemoryStream();
        await using (var writer = new LineWriter(output))
        {
            var logger = new LineLogger("Category", writer, new ManualTimeProvider());
            logger.Log(LogLevel.Warning, new EventId(7), "one\r\ntwo", null, (state, _) => state);
        }

        string text = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith(" warn Category[7] one | two\n", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private readonly record struct Said(string Text) : IUtf8SpanFormattable
    {
        public bool TryFormat(
            Span<byte> utf8Destination,
            out int bytesWritten,
            ReadOnlySpan<char> format,
            IFormatProvider? provider) => Encoding.UTF8.TryGetBytes(Text, utf8Destination, out bytesWritten);
    }

    /// <summary>Has no room at first.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Refused.TrySetResult())
            {
                throw new IOException("No space left on device");
            }

            return base.WriteAsync(buffer, cancellationToken);
        }
    }

    private readonly record struct Letters(int Count) : IUtf8SpanFormattable
    {
        public bool TryFormat(
            Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            bytesWritten = Count <= utf8Destination.Length ? Count : 0;
            utf8Destination[..bytesWritten].Fill((byte)'x');
            return bytesWritten == Count;
        }
    }
}
