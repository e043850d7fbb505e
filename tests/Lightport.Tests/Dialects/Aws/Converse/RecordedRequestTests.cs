using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Laws;
using Xunit.Abstractions;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>Real clients' requests, written for Bedrock and judged by its own description of what it takes.</summary>
public sealed class RecordedRequestTests(ITestOutputHelper output)
{
    [SharedTheory("recorded")]
    [InlineData(DialectIds.OpenAIChat)]
    [InlineData(DialectIds.AnthropicMessages)]
    public void RecordedRequests_WrittenForBedrock_AreTaken(string client)
    {
        var complaints = new List<string>();
        int judged = 0, refused = 0;
        foreach (RecordedAnswer exchange in Recordings.All.Where(one => one.Dialect == client && one.Status == 200))
        {
            if (!exchange.Request.StartsWith('{'))
            {
                continue;
            }

            foreach (string model in ConverseEncoding.Models)
            {
                try
                {
                    complaints.AddRange(StrictBedrock.Complaints(ConverseEncoding.Write(client, exchange.Request, model))
                        .Select(complaint => $"{exchange.Id}: {complaint}"));
                    judged++;
                }
                catch (GatewayException)
                {
                    refused++;
                }
            }
        }

        output.WriteLine($"{client} → aws-converse: {judged} requests judged, {refused} refused by the gateway itself");
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct().Take(20)));
        Assert.True(judged > 300, $"{judged}");
    }
}
