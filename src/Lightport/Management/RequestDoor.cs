using System.Text;
using Lightport.Conversation;
using Lightport.Storage;
using Lightport.Usage.Receipts;
using Microsoft.AspNetCore.Http;

namespace Lightport.Management;

/// <summary>Tells what became of one request.</summary>
/// <param name="receipts">Null where none are kept.</param>
internal sealed class RequestDoor(ReceiptLedger? receipts = null)
{
    public async ValueTask ReadAsync(ManagementCall call)
    {
        ReceiptLedger ledger = receipts ?? throw new StoreException(
            StoreFailure.ReadOnly,
            "This gateway keeps no receipts. Set Tables:Uri on Azure, or LIGHTPORT_ADMIN_KEY where Server runs, and do "
            + "not set LIGHTPORT_RECEIPTS_KEPT to off.");
        StoredReceipt? found = RequestId.Parse(call.Id) is { } id
            ? await ledger.FindAsync(id, call.Aborted).ConfigureAwait(false)
            : null;
        StoredReceipt receipt = found ?? throw new GatewayException(new GatewayError(
            ErrorStage.Request,
            ErrorKind.NotFound,
            StatusCodes.Status404NotFound,
            "There is no receipt of that id. It is an answer's x-request-id; another instance may take some seconds to "
            + "write it, and receipts are kept for LIGHTPORT_RECEIPTS_KEPT.")
        {
            Code = "request_not_found",
        });
        await call.AnswerAsync(Encoding.UTF8.GetBytes(receipt.Json), "application/json").ConfigureAwait(false);
    }
}
