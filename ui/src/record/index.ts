/** Everything generic about records, for any room. */
export { AttachmentInput, AttachmentList } from "./Attachments";
export { Fault, useFaultText } from "./Fault";
export { FieldLine, FieldValue, StateWord } from "./FieldValue";
export { FormPage, newEntry, useObligationForm, type Opening } from "./FormPage";
export { LedgerList } from "./LedgerList";
export { LedgerPages } from "./LedgerPages";
export { LookupMany, LookupPicker, PersonPicker } from "./LookupPicker";
export { printTo } from "./print";
export { queryOf, readList, wholeList, writeList, type ListState } from "./query";
export { RecordForm, type RecordFormProps } from "./RecordForm";
export { RecordPage } from "./RecordPage";
export { RecordTable } from "./RecordTable";
export { ExchangeWord, StateTags } from "./StateTags";
export { useFieldText, type Names } from "./fieldText";
export { addDays, daysBetween, shownTime, wallClock } from "./time";
